-- campaigns.sql: what campaigns brought, credited to their owner
-- in: campaigns, campaign_days   source: S01 市场推广, 活动策划与执行效果; metrics.md "campaign effect"
create or replace temp view campaign_results as
select d.campaign_id, d.shop_id, d.day, c.owner_employee_id as employee_id,
       d.impressions, d.visitors, d.participants, d.conversions, d.sales_fen, d.spend_fen
from campaign_days as d
join campaigns as c using (campaign_id)
where in_window(d.day);

-- A campaign's target is for all its days; each day has an equal share, in whole fen that add up to the target.
create or replace temp view campaign_targets as
select campaign_id, shop_id, day, employee_id,
       sales_target_fen * n // days - sales_target_fen * (n - 1) // days as target_fen
from (
  select campaign_id, shop_id, owner_employee_id as employee_id, sales_target_fen::hugeint as sales_target_fen,
         ends_on - starts_on + 1 as days, unnest(range(1, ends_on - starts_on + 2)) as n,
         starts_on + n::int - 1 as day
  from campaigns
)
where in_window(day);
