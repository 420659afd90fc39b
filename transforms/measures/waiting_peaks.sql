-- waiting_peaks.sql: the most buyers one agent had waiting at once, a row per agent × business day
-- in: all_waits, chat_days   source: metrics.md unanswered_waiting_peak 同时未回复人数, S08
-- A buyer waits from the first unanswered line until the answer; one who is never answered, until a second after the
-- last line of that chat. A buyer waiting in two chats is one buyer. An answer at the very second in which another
-- buyer begins to wait comes first. The peak counts all shops; it stands under the shop where it was reached.
create or replace temp table waiting_peaks as
with sessions as (
  select shop_id, buyer_id, session_id, min(least(first_buyer_at, first_agent_at)) as began_at,
         max(greatest(last_buyer_at, last_agent_at)) as ended_at, max(last_buyer_at) as last_at
  from chat_days group by all
),
-- Only buyers whose sessions overlap can wait in two chats at once; the rest need no merging.
crowded as (
  select distinct shop_id, buyer_id
  from (select shop_id, buyer_id, began_at <= max(ended_at) over (
          partition by shop_id, buyer_id order by began_at, ended_at
          rows between unbounded preceding and 1 preceding) as crosses
        from sessions)
  where crosses
),
spells as (
  select w.employee_id, w.shop_id, w.buyer_id, w.began_at,
         coalesce(w.answered_at, greatest(w.began_at, s.last_at) + interval 1 second) as ended_at,
         c.buyer_id is not null as is_crowded
  from all_waits as w
  left join sessions as s
    on w.answered_at is null and s.shop_id = w.shop_id and s.buyer_id = w.buyer_id and s.session_id = w.session_id
  left join crowded as c on c.shop_id = w.shop_id and c.buyer_id = w.buyer_id
  where w.day between getvariable('first_day') - 1 and getvariable('last_day')
),
marked as (
  select *, began_at > max(ended_at) over (
    partition by employee_id, shop_id, buyer_id order by began_at, ended_at
    rows between unbounded preceding and 1 preceding) is not false as begins
  from spells where is_crowded
),
numbered as (
  select *, sum(begins::int) over (
    partition by employee_id, shop_id, buyer_id order by began_at, ended_at rows unbounded preceding) as spell
  from marked
),
buyers as (
  select employee_id, shop_id, buyer_id, min(began_at) as began_at, max(ended_at) as ended_at
  from numbered group by employee_id, shop_id, buyer_id, spell
  union all
  select employee_id, shop_id, buyer_id, began_at, ended_at from spells where not is_crowded
),
changes as (
  select employee_id, shop_id, buyer_id, began_at as moment, 1 as change from buyers
  union all
  select employee_id, shop_id, buyer_id, ended_at, -1 from buyers
),
counted as (
  select *, sum(change) over (
    partition by employee_id order by moment, change, shop_id, buyer_id rows unbounded preceding) as waiting
  from changes
)
select employee_id, business_day(moment) as day,
       first(shop_id order by waiting desc, moment, shop_id) as shop_id,
       max(waiting) as waiting,
       first(moment order by waiting desc, moment) as reached_at
from counted
where change = 1 and in_window(business_day(moment))
group by employee_id, business_day(moment);
