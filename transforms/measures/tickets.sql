-- tickets.sql: helpdesk tickets: resolved, opened, answered, due
-- in: tickets, account_spans   source: metrics.md "Tickets, QA, presence"; S09, S11, S12
-- Credited to who had the account when the thing was done, else when it was due; a request nobody resolved, when it was
-- opened. Each question has its own day: resolved, opened, answered, to be answered, escalation to be handled.
-- Handed on and opened again count once a ticket, however often. Where it is not known, it was solved online.
create or replace temp table resolved_tickets as
select t.ticket_id, t.shop_id, business_day(t.resolved_at) as day, a.employee_id,
       datesub('second', t.opened_at, t.resolved_at) as seconds,
       t.reopen_count > 0 as is_reopened, t.reassignment_count > 0 as is_reassigned, t.sla_made,
       coalesce(t.in_authority, false) as is_in_authority, coalesce(t.resolved_online, true) as is_online
from tickets as t
left join account_spans as a
  on a.account_id = t.account_id and a.shop_id = t.shop_id
 and t.resolved_at >= a.valid_from and t.resolved_at < a.valid_until
where in_window(business_day(t.resolved_at));

-- A request is repeated if the same customer asked about the same subject at most repeat_days before.
create or replace temp table requests as
select t.ticket_id, t.shop_id, business_day(t.opened_at) as day, a.employee_id, r.ticket_id is not null as is_repeat
from tickets as t
left join (
  select ticket_id,
         lag(opened_at) over (partition by customer_id, subject order by opened_at, ticket_id) as asked_before_at, opened_at
  from tickets
  where customer_id is not null and subject is not null
) as r
  on r.ticket_id = t.ticket_id and r.opened_at <= r.asked_before_at + to_days(getvariable('repeat_days'))
left join account_spans as a
  on a.account_id = t.account_id and a.shop_id = t.shop_id
 and coalesce(t.resolved_at, t.opened_at) >= a.valid_from and coalesce(t.resolved_at, t.opened_at) < a.valid_until
where in_window(business_day(t.opened_at));

create or replace temp table answered_tickets as
select t.ticket_id, t.shop_id, business_day(t.first_answered_at) as day, a.employee_id,
       coalesce(t.subject, 'unknown') as subject, datesub('second', t.opened_at, t.first_answered_at) as seconds
from tickets as t
left join account_spans as a
  on a.account_id = t.account_id and a.shop_id = t.shop_id
 and t.first_answered_at >= a.valid_from and t.first_answered_at < a.valid_until
where in_window(business_day(t.first_answered_at));

create or replace temp table due_answers as
select t.ticket_id, t.shop_id, business_day(t.answer_due_at) as day, a.employee_id,
       coalesce(t.first_answered_at <= t.answer_due_at, false) as is_on_time
from tickets as t
left join account_spans as a
  on a.account_id = t.account_id and a.shop_id = t.shop_id
 and coalesce(t.first_answered_at, t.answer_due_at) >= a.valid_from and coalesce(t.first_answered_at, t.answer_due_at) < a.valid_until
where in_window(business_day(t.answer_due_at));

create or replace temp table due_escalations as
select t.ticket_id, t.shop_id, business_day(t.escalation_due_at) as day, a.employee_id,
       coalesce(t.escalation_handled_at <= t.escalation_due_at, false) as is_on_time
from tickets as t
left join account_spans as a
  on a.account_id = t.account_id and a.shop_id = t.shop_id
 and coalesce(t.escalation_handled_at, t.escalation_due_at) >= a.valid_from
 and coalesce(t.escalation_handled_at, t.escalation_due_at) < a.valid_until
where in_window(business_day(t.escalation_due_at));
