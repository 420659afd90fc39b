-- service.sql: what buyers said of the service: ratings and complaints
-- in: ratings, complaints, account_spans   source: metrics.md csat … praise ("credited to who handled it then"), complaints
-- A rating counts for the person who had the account when it was handled, under that day; without a time of handling,
-- when it was rated. A good review has at least good_review_share of the best score, a bad one at most
-- bad_review_share. A complaint counts for the person who had the account when it came, justified or not.
create or replace temp table rated as
select r.rating_id, r.shop_id, r.channel, r.day, a.employee_id, r.is_improved, r.praise, r.resolved,
       (r.score * 10000)::bigint as score_e4, (r.score_max * 10000)::bigint as score_max_e4,
       r.score >= r.score_max * getvariable('good_review_share') as is_good,
       r.score <= r.score_max * getvariable('bad_review_share') as is_bad
from (
  select *, coalesce(handled_at, rated_at) as moment, business_day(coalesce(handled_at, rated_at)) as day,
         improved_at is not null as is_improved
  from ratings
) as r
left join account_spans as a
  on a.account_id = r.account_id and a.shop_id = r.shop_id and r.moment >= a.valid_from and r.moment < a.valid_until
where in_window(r.day);

create or replace temp table complained as
select c.complaint_id, c.shop_id, business_day(c.opened_at) as day, a.employee_id, c.closed_at is not null as is_closed,
       coalesce(c.justified, false) as is_justified, datesub('second', c.opened_at, c.closed_at) as seconds
from complaints as c
left join account_spans as a
  on a.account_id = c.account_id and a.shop_id = c.shop_id
 and c.opened_at >= a.valid_from and c.opened_at < a.valid_until
where in_window(business_day(c.opened_at));
