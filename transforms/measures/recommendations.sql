-- recommendations.sql: what agents recommended and what of it was bought
-- in: recommendations, order_items, order_facts   source: metrics.md add_on_amount, guided_purchase_rate; S01 引导购买成功率
-- recommended: a row per agent × buyer × item × business day; bought when the buyer orders that item after the
-- recommendation, at the latest order_days later, and pays at the latest pay_days after the day of recommendation.
-- add_on_items: a row per order line bought so; its amount goes to the one who recommended the item last before the
-- order (ties: smaller id), under the day of the order, so that no fen is paid twice.
create or replace temp table recommended_items as
select r.recommendation_id, r.shop_id, r.buyer_id, r.item_id, r.recommended_at, a.employee_id,
       business_day(r.recommended_at) as day
from recommendations as r
join account_spans as a
  on a.account_id = r.account_id and a.shop_id = r.shop_id
 and r.recommended_at >= a.valid_from and r.recommended_at < a.valid_until
where a.employee_id is not null
  and business_day(r.recommended_at) between getvariable('first_day') - getvariable('order_days')
                                         and getvariable('last_day');

create or replace temp table bought_items as
select r.recommendation_id, r.employee_id, r.recommended_at, r.shop_id, r.buyer_id, r.item_id, r.day as recommended_day,
       i.order_id, i.line_no, i.amount_fen, o.day, o.paid_day, o.paid_in_time
from recommended_items as r
join order_facts as o
  on o.shop_id = r.shop_id and o.buyer_id = r.buyer_id
 and o.created_at >= r.recommended_at and o.day <= r.day + getvariable('order_days')
join order_items as i on i.order_id = o.order_id and i.item_id = r.item_id
where o.paid_day is not null;

create or replace temp table recommended as
select r.employee_id, r.shop_id, r.buyer_id, r.item_id, r.day, min(r.recommendation_id) as recommendation_id,
       coalesce(bool_or(b.paid_day <= r.day + getvariable('pay_days')), false) as is_bought
from recommended_items as r
left join bought_items as b using (recommendation_id)
where in_window(r.day)
group by r.employee_id, r.shop_id, r.buyer_id, r.item_id, r.day;

create or replace temp table add_on_items as
select order_id, line_no, shop_id, day, amount_fen,
       first(employee_id order by recommended_at desc, employee_id) as employee_id
from bought_items
where paid_in_time and in_window(day)
group by order_id, line_no, shop_id, day, amount_fen;
