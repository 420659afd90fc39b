-- tickets.sql: helpdesk tickets by who resolved them, on the day of resolving
-- in: tickets, account_spans   source: metrics.md "Tickets, QA, presence"
-- Handed on and opened again count once a ticket, however often.
create or replace temp table resolved_tickets as
select t.ticket_id, t.shop_id, business_day(t.resolved_at) as day, a.employee_id,
       datesub('second', t.opened_at, t.resolved_at) as seconds,
       t.reopen_count > 0 as is_reopened, t.reassignment_count > 0 as is_reassigned, t.sla_made,
       coalesce(t.in_authority, false) as is_in_authority
from tickets as t
left join account_spans as a
  on a.account_id = t.account_id and a.shop_id = t.shop_id
 and t.resolved_at >= a.valid_from and t.resolved_at < a.valid_until
where in_window(business_day(t.resolved_at));
