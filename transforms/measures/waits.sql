-- waits.sql: how long buyers waited, a row per round: from the first unanswered buyer line to the next human answer
-- in: turns, account_spans   out: waits (answered_at empty: never answered)   source: metrics.md first_response_seconds
-- Credited to the agent who answered; a round nobody answered to the one whom the buyer wrote to. A round belongs to
-- the business day on which the buyer began to wait. `counted` honours response_window (a round counts by when it
-- began) and off_duty_sessions; a colleague's own account is no buyer who waits; the 08–23 reading of PDD is kept beside it, whatever the parameters say.
create or replace temp view rounds as
select shop_id, buyer_id, session_id, sent_at as began_at,
       case when not ends then next_at end as answered_at,
       case when ends then account_id else next_account end as account_id,
       case when ends then sent_at else next_at end as credited_at,
       begins or (previous_begins and not previous_by_buyer) as is_first
from turns
where by_buyer;

-- Sessions begun outside duty hours; empty unless they are to be excluded.
create or replace temp table off_duty_sessions as
select distinct shop_id, buyer_id, session_id
from turns
where getvariable('off_duty_sessions') = 'exclude' and begins_session
  and not within_hours(sent_at, getvariable('duty_start'), getvariable('duty_end'));

create or replace temp table all_waits as
select r.shop_id, r.buyer_id, r.session_id, r.began_at, r.answered_at, r.is_first, a.employee_id,
       business_day(began_at) as day, datesub('second', began_at, answered_at) as seconds,
       o.session_id is null
         and case getvariable('response_window')
               when 'whole_day' then true
               when 'duty_hours' then within_hours(began_at, getvariable('duty_start'), getvariable('duty_end'))
               else within_hours(began_at, time '08:00', time '23:00') end as counted,
       within_hours(began_at, time '08:00', time '23:00') as in_08_23
from rounds as r
join account_spans as a
  on a.account_id = r.account_id and a.shop_id = r.shop_id
 and r.credited_at >= a.valid_from and r.credited_at < a.valid_until
left join off_duty_sessions as o
  on o.shop_id = r.shop_id and o.buyer_id = r.buyer_id and o.session_id = r.session_id
where a.employee_id is not null and r.buyer_id not in (select account_id from accounts);

create or replace temp view waits as select * from all_waits where in_window(day);
