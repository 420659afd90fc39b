-- tasks.sql: pieces of work, by the day they were due and by the day they were done
-- in: tasks   source: metrics.md "Operations …", S07, S16, S18
-- A task is due at due_at, or when it was asked for if nothing was agreed. It counts as done if it was done at most
-- task_days after that: what is done later counts nowhere, so that a settled number does not change any more.
-- On time: by due_at; a task without one is neither on time nor late. Tasks belong to no shop.
create or replace temp view due_tasks as
select task_id, employee_id, null::varchar as shop_id, day, kind, planned_quantity,
       coalesce(quantity, 0) as quantity, due_at is not null as has_due,
       coalesce(business_day(done_at) <= day + getvariable('task_days'), false) as is_done,
       coalesce(done_at <= due_at, false) as is_on_time
from (select *, business_day(coalesce(due_at, requested_at)) as day from tasks)
where in_window(day);

create or replace temp view done_tasks as
select task_id, employee_id, null::varchar as shop_id, business_day(done_at) as day, kind, quantity, accepted, quality
from tasks
where in_window(business_day(done_at));
