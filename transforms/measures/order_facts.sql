-- order_facts.sql: the orders that contacts and attribution look at, with their business day
-- in: orders   source: metrics.md windows order_days, pay_days
-- Paid in time: paid at the latest pay_days business days after the order's day. What is paid later counts nowhere, so
-- that a settled number does not change any more.
create or replace temp table order_facts as
select *, paid_day is not null and paid_day <= day + getvariable('pay_days') as paid_in_time
from (
  select order_id, shop_id, buyer_id, category, created_at, paid_at, order_amount_fen, paid_amount_fen, goods_cost_fen,
         business_day(created_at) as day, business_day(paid_at) as paid_day
  from orders
)
where day <= getvariable('last_day') + getvariable('order_days')
  and (day >= getvariable('first_day') or paid_day >= getvariable('first_day') - getvariable('after_sales_days'));
