-- calendar.sql: the business day, the days asked for, and who was where on each of them
-- in: assignments, accounts, responsibilities   source: metrics.md "Edges that decide trust"
-- A shop's day begins at business_day_start; everything that happens before belongs to the day before.
create or replace temp macro business_day(moment) as cast(moment - getvariable('business_day_start') as date);
create or replace temp macro in_window(day) as day between getvariable('first_day') and getvariable('last_day');
-- From `starts` (included) to `ends` (not included); a window may pass midnight.
create or replace temp macro within_hours(moment, starts, ends) as
  case when starts <= ends then moment::time >= starts and moment::time < ends
       else moment::time >= starts or moment::time < ends end;

-- One department a person and day. Two assignments on one day are a data error that the gate reports; here the
-- later one wins (then the smaller id), so that nobody's numbers are counted twice.
create or replace temp table people_by_day as
select employee_id, day, first(department_id order by valid_from desc, department_id) as department_id
from (
  select employee_id, department_id, valid_from,
         unnest(generate_series(greatest(valid_from, getvariable('first_day')),
                                least(coalesce(valid_until, getvariable('last_day')), getvariable('last_day')),
                                interval 1 day))::date as day
  from assignments
)
group by employee_id, day;

-- Who works with an account from valid_from until before valid_until. A span ends at the latest where the next
-- begins, so that a moment has one person. A robot's or the system's account is nobody's, whoever set it up.
create or replace temp table account_spans as
select account_id, shop_id, case when kind = 'human' then employee_id end as employee_id, kind, valid_from,
       least(coalesce(valid_until, timestamp 'infinity'),
             coalesce(lead(valid_from) over (partition by account_id, shop_id order by valid_from),
                      timestamp 'infinity')) as valid_until
from accounts;

-- Whose product line it is on a day: one person.
create or replace temp table responsible_by_day as
select shop_id, category, day, first(employee_id order by valid_from desc, employee_id) as employee_id
from (
  select shop_id, category, employee_id, valid_from,
         unnest(generate_series(greatest(valid_from, getvariable('first_day')),
                                least(coalesce(valid_until, getvariable('last_day')), getvariable('last_day')),
                                interval 1 day))::date as day
  from responsibilities
)
group by shop_id, category, day;
