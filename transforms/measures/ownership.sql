-- ownership.sql: who brought an order about, a row per order placed in the window
-- in: order_facts, chat_days, refunds, lines, attributions   out: attributed_orders (employee_id empty: silent 静默),
--     owned_orders, owned_buyers, shop_orders, assisted_orders   source: metrics.md owner of an order 落实, assisted 协助; S02.2–5, 9, 11
-- A chat takes two: at least one line by the buyer and one by the person, in one session; it lasts from the first to
-- the last of these lines. Owner: of the agents whose chat spans the judged moment, the one whose chat ended last;
-- else the one whose chat ended last within lookback_days × 24 h before it; else nobody. Ties go to the smaller
-- employee id. Judged moment: `order` its placing, `payment` its payment (an order not paid in time has none and is
-- judged by its placing, else no unpaid order would have an owner), `order_first` the placing, and if that finds
-- nobody the payment. Whatever the judgement, an order stands under the day on which it was placed.
-- Where people decided whose an order is (attributions; employee_id empty: nobody's), that goes before its chats.
create temp table if not exists attributions (shop_id varchar, order_id varchar, employee_id varchar);

create or replace temp table conversations as
select c.shop_id, c.buyer_id, c.session_id, c.employee_id,
       least(min(first_buyer_at), min(first_agent_at)) as began_at,
       greatest(max(last_buyer_at), max(last_agent_at)) as ended_at
from chat_days as c
semi join order_facts as o on o.shop_id = c.shop_id and o.buyer_id = c.buyer_id
where c.employee_id is not null
group by c.shop_id, c.buyer_id, c.session_id, c.employee_id
having sum(buyer_lines) > 0 and sum(agent_lines) > 0;

create or replace temp view judged_moments as
select order_id, shop_id, buyer_id, 1 as attempt, created_at as moment
from order_facts
where in_window(day) and (getvariable('judgement') in ('order', 'order_first') or not paid_in_time)
union all
select order_id, shop_id, buyer_id, 2, paid_at
from order_facts
where in_window(day) and getvariable('judgement') in ('payment', 'order_first') and paid_in_time;

create or replace temp table owners as
select j.order_id,
       first(c.employee_id
             order by j.attempt, c.ended_at < j.moment, c.ended_at desc, c.employee_id) as employee_id
from judged_moments as j
join conversations as c
  on c.shop_id = j.shop_id and c.buyer_id = j.buyer_id and c.began_at <= j.moment
 and c.ended_at >= j.moment - to_days(getvariable('lookback_days'))
group by j.order_id;

-- Returned: the buyer asked to send goods back (not an exchange, not money only) within return_days of the order's
-- day; the reason is that of the first such case.
create or replace temp table returned_orders as
select o.order_id, first(coalesce(r.reason, 'unknown') order by r.requested_at, r.refund_id) as reason
from order_facts as o
join refunds as r using (order_id)
where in_window(o.day) and r.kind = 'return' and business_day(r.requested_at) <= o.day + getvariable('return_days')
group by o.order_id;

-- Given back: all money of handled cases that are no exchange, however late they came; never more than was paid.
create or replace temp table given_back as
select r.order_id, sum(r.amount_fen)::bigint as refunded_fen
from order_facts as o
join refunds as r using (order_id)
where in_window(o.day) and r.kind in ('return', 'refund') and r.handled_at is not null
group by r.order_id;

create or replace temp table attributed_orders as
select o.order_id, o.shop_id, o.buyer_id, o.day,
       case when a.order_id is null then w.employee_id else a.employee_id end as employee_id,
       o.created_at, o.paid_at, o.order_amount_fen,
       o.paid_in_time as is_paid,
       case when o.paid_in_time then coalesce(o.paid_amount_fen, 0) else 0 end as paid_amount_fen,
       case when o.paid_in_time then least(coalesce(g.refunded_fen, 0), coalesce(o.paid_amount_fen, 0)) else 0 end
           as refunded_fen,
       r.order_id is not null as is_returned, r.reason as return_reason
from order_facts as o
left join owners as w on w.order_id = o.order_id
left join attributions as a on a.shop_id = o.shop_id and a.order_id = o.order_id
left join returned_orders as r on r.order_id = o.order_id
left join given_back as g on g.order_id = o.order_id
where in_window(o.day);

create or replace temp view owned_orders as select * from attributed_orders where employee_id is not null;

-- Orderers: distinct buyers a day. A buyer with two orders, one of them paid, has paid.
create or replace temp view owned_buyers as
select employee_id, shop_id, day, buyer_id, bool_or(is_paid) as is_paid, min(order_id) as order_id
from owned_orders
group by all;

-- The shop's own sums: nobody's, the denominator of the share of customer service.
create or replace temp view shop_orders as
select * exclude (employee_id), null::varchar as employee_id, employee_id is null as is_silent
from attributed_orders;

-- Assisted: others than the owner who wrote to the buyer between placing and payment, both included. An order without
-- an owner can be assisted too. Several helpers each have the whole amount.
-- Chats that touch the time between show it by their first or last line; where both lie outside, each line is looked at.
create or replace temp table assist_candidates as
select o.order_id, o.shop_id, o.buyer_id, o.day, o.paid_amount_fen, o.created_at, o.paid_at, c.employee_id, c.session_id,
       c.first_agent_at >= o.created_at or c.last_agent_at <= o.paid_at as is_certain
from (select * from attributed_orders where is_paid) as o
join (select * from chat_days where agent_lines > 0 and employee_id is not null) as c
  on c.shop_id = o.shop_id and c.buyer_id = o.buyer_id
 and c.first_agent_at <= o.paid_at and c.last_agent_at >= o.created_at
where c.employee_id is distinct from o.employee_id;

create or replace temp table assisted_orders as
select order_id, shop_id, buyer_id, day, employee_id, paid_amount_fen from assist_candidates where is_certain
union
select c.order_id, c.shop_id, c.buyer_id, c.day, c.employee_id, c.paid_amount_fen
from (select * from assist_candidates where not is_certain) as c
join lines as l
  on l.shop_id = c.shop_id and l.buyer_id = c.buyer_id and l.session_id = c.session_id
 and l.employee_id = c.employee_id and l.by_person and l.sent_at between c.created_at and c.paid_at;
