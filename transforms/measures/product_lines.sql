-- product_lines.sql: sales, margin, visits and stock of product lines, credited to who is responsible that day
-- in: order_facts, orders, traffic, inventory, responsible_by_day   source: S01 电商运营; metrics.md "Operations …"
-- A line nobody is responsible for counts for the company only.
create or replace temp table line_orders as
select o.order_id, o.shop_id, o.buyer_id, o.category, o.day, r.employee_id, o.paid_amount_fen, o.goods_cost_fen,
       f.order_id is not null as is_first
from order_facts as o
left join responsible_by_day as r on r.shop_id = o.shop_id and r.category = o.category and r.day = o.day
left join (
  -- A new customer's first paid order in that shop, in all the history the snapshot has.
  select first(order_id order by created_at, order_id) as order_id
  from orders
  where paid_at is not null
  group by shop_id, buyer_id
) as f on f.order_id = o.order_id
where in_window(o.day) and o.paid_in_time;

-- Paying buyers: distinct buyers a product line and day, as visitors are counted a product line and day.
create or replace temp view line_buyers as
select distinct shop_id, category, buyer_id, day, employee_id from line_orders;

create or replace temp view line_traffic as
select t.shop_id, t.category, t.channel, t.day, r.employee_id, t.page_views, t.unique_visitors, t.visits, t.dwell_seconds
from traffic as t
left join responsible_by_day as r on r.shop_id = t.shop_id and r.category = t.category and r.day = t.day
where in_window(t.day);

create or replace temp view line_stock as
select i.shop_id, i.category, i.day, r.employee_id, i.stock_cost_fen
from inventory as i
left join responsible_by_day as r on r.shop_id = i.shop_id and r.category = i.category and r.day = i.day
where in_window(i.day);

-- Days of responsibility: who is responsible and sold nothing sold 0, which is not the same as no data.
create or replace temp view line_days as
select shop_id, category, day, employee_id from responsible_by_day where in_window(day);
