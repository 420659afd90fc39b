-- fulfilment.sql: orders as those see them who pack, ship, take back and call
-- in: orders, refunds, follow_ups, account_spans   source: S01 物流售后; metrics.md "Operations …"
-- Credited to who had the handler's account: when it was shipped, else when it was placed; for a return, when it was
-- handled, else when it was asked for. Each question has its own day: due, shipped, delivered, placed.
create or replace temp table handled_orders as
select o.order_id, o.shop_id, o.status, o.created_at, o.ship_due_at, o.deliver_due_at, o.shipped_at, o.delivered_at, o.paid_at,
       o.order_amount_fen, o.paid_amount_fen, o.logistics_cost_fen, o.delivered_accurately, a.employee_id
from orders as o
left join account_spans as a
  on a.account_id = o.handler_account_id and a.shop_id = o.shop_id
 and coalesce(o.shipped_at, o.created_at) >= a.valid_from and coalesce(o.shipped_at, o.created_at) < a.valid_until
where in_window(business_day(o.created_at)) or in_window(business_day(o.ship_due_at))
   or in_window(business_day(o.shipped_at)) or in_window(business_day(o.delivered_at));

-- By the day of placing.
create or replace temp view placed_orders as
select *, business_day(created_at) as day from handled_orders where in_window(business_day(created_at));

-- By the day it was to be shipped. An order cancelled before it was shipped was not due.
create or replace temp view due_orders as
select *, business_day(ship_due_at) as day, coalesce(shipped_at <= ship_due_at, false) as is_on_time
from handled_orders
where in_window(business_day(ship_due_at)) and (status <> 'cancelled' or shipped_at is not null);

-- By the day it was shipped; only orders whose cost is known, so that cost and amount are of the same orders.
create or replace temp view shipped_orders as
select *, business_day(shipped_at) as day
from handled_orders
where in_window(business_day(shipped_at)) and logistics_cost_fen is not null;

-- By the day it was delivered; in time: by the promised delivery, where there is one. Followed up: called back by anybody within follow_up_days.
create or replace temp table delivered_orders as
select o.*, o.day_delivered as day, o.delivered_at <= o.deliver_due_at as is_in_time,
       exists (from follow_ups as f
               where f.order_id = o.order_id and f.done_at >= o.delivered_at
                 and business_day(f.done_at) <= o.day_delivered + getvariable('follow_up_days')) as is_followed_up
from (select *, business_day(delivered_at) as day_delivered from handled_orders) as o
where in_window(o.day_delivered);

-- Returns and exchanges by the day they were to be handled.
create or replace temp table due_returns as
select r.refund_id, r.order_id, r.shop_id, business_day(r.due_at) as day, a.employee_id,
       coalesce(r.handled_at <= r.due_at, false) as is_on_time
from refunds as r
left join account_spans as a
  on a.account_id = r.handler_account_id and a.shop_id = r.shop_id
 and coalesce(r.handled_at, r.requested_at) >= a.valid_from and coalesce(r.handled_at, r.requested_at) < a.valid_until
where in_window(business_day(r.due_at)) and r.kind in ('return', 'exchange');

-- Calls by who made them.
create or replace temp table calls as
select f.follow_up_id, f.order_id, f.shop_id, business_day(f.done_at) as day, a.employee_id
from follow_ups as f
left join account_spans as a
  on a.account_id = f.account_id and a.shop_id = f.shop_id and f.done_at >= a.valid_from and f.done_at < a.valid_until
where in_window(business_day(f.done_at));
