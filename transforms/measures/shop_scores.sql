-- shop_scores.sql: the platform's detailed scores of shops (DSR), and the traffic of whole shops
-- in: shop_scores, traffic   source: S02 department indicators; metrics.md "DSR", both readings
-- Nobody's: a score is of the shop. The industry is compared only on days whose industry values are known.
create or replace temp view scored_shops as
select shop_id, day, null::varchar as employee_id, aspect, (score * 10000)::bigint as score_e4,
       (industry_mean * 10000)::bigint as mean_e4,
       (case when industry_max is not null then (score - industry_mean) * 10000 end)::bigint as above_mean_e4,
       ((industry_max - industry_mean) * 10000)::bigint as max_above_mean_e4,
       ((score - industry_mean) * 10000)::bigint as difference_e4
from shop_scores
where in_window(day);

-- The same visits as line_traffic, but the shop's: what the shop sold is compared with what the shop was visited.
create or replace temp view shop_traffic as
select shop_id, day, null::varchar as employee_id, category, channel, page_views, unique_visitors, visits, dwell_seconds
from traffic
where in_window(day);
