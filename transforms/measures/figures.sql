-- figures.sql: numbers that come from elsewhere, credited to whom they are stated for
-- in: figures, people_by_day, shop_orders, line_orders   source: metrics.md "Manual inputs", "revenue, gross profit …"
-- A figure of an employee, a department or a shop is part of the company's. What is stated for a department, or for the
-- company, is the whole: of it only what its parts do not state the same day is added here, so that a department's
-- number is what was stated for it, and one nobody stated is the sum of what its people's are.
create or replace temp view figures_in_window as
select level, subject_id, figure, day, (value * 10000)::bigint as value_e4 from figures where in_window(day);

create or replace temp view figures_of_people as
select f.*, p.department_id
from figures_in_window as f
left join people_by_day as p on p.employee_id = f.subject_id and p.day = f.day
where f.level = 'employee';

create or replace temp view figures_of_departments as
select f.* replace (
         f.value_e4 - coalesce((select sum(p.value_e4) from figures_of_people as p
                                where p.department_id = f.subject_id and p.figure = f.figure and p.day = f.day),
                               0)::bigint as value_e4)
from figures_in_window as f
where f.level = 'department';

create or replace temp view figure_parts as
select figure, day, value_e4 from figures_of_people
union all select figure, day, value_e4 from figures_of_departments
union all select figure, day, value_e4 from figures_in_window where level = 'shop';

-- Revenue and gross profit of a month for which nobody stated them are those of the shops' orders.
create or replace temp view figures_of_orders as
select figure, shop_id, day, value_e4
from (
  select 'revenue_fen' as figure, shop_id, day, sum(paid_amount_fen)::bigint * 10000 as value_e4
  from shop_orders group by all
  union all
  select 'gross_profit_fen', shop_id, day, sum(paid_amount_fen - goods_cost_fen)::bigint * 10000
  from line_orders group by all
) as o
where value_e4 <> 0 and not exists (
  from figures as f where f.figure = o.figure and date_trunc('month', f.day) = date_trunc('month', o.day));

create or replace temp table stated_figures as
select level, subject_id, figure, day, subject_id as employee_id, null::varchar as department_id,
       null::varchar as shop_id, value_e4
from figures_of_people
union all
select level, subject_id, figure, day, null, subject_id, null, value_e4 from figures_of_departments
union all
select level, subject_id, figure, day, null, null, subject_id, value_e4 from figures_in_window where level = 'shop'
union all
select 'orders', shop_id, figure, day, null, null, shop_id, value_e4 from figures_of_orders
union all
select c.level, c.subject_id, c.figure, c.day, null, null, null,
       c.value_e4 - coalesce((select sum(p.value_e4) from figure_parts as p where p.figure = c.figure and p.day = c.day),
                             0)::bigint
from figures_in_window as c
where c.level = 'company';
