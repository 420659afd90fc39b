-- presence.sql: hours and doings of people, and what they got done
-- in: presence, account_spans, contacts, resolved_tickets   source: metrics.md "Tickets, QA, presence"; S09, S19, S27
-- A day's presence is of who had the account at noon: the platforms count a day and an account, not a person.
-- Planned work is compared with real work only on days that have a plan.
create or replace temp table presence_days as
select p.account_id, p.shop_id, p.day, a.employee_id, p.duty_seconds, p.online_seconds, p.chat_seconds,
       p.handling_seconds, p.planned_handling_seconds, p.handling_seconds - p.planned_handling_seconds as deviation_seconds,
       p.pages_browsed, p.registrations, p.offers_made, p.offers_taken
from presence as p
left join account_spans as a
  on a.account_id = p.account_id and a.shop_id = p.shop_id
 and p.day + interval 12 hour >= a.valid_from and p.day + interval 12 hour < a.valid_until
where in_window(p.day);

-- What was brought about: buyers received in chats and tickets resolved, one each.
create or replace temp view outputs as
select 'contact' as kind, buyer_id as reference, shop_id, day, employee_id from contacts where is_received
union all
select 'ticket', ticket_id, shop_id, day, employee_id from resolved_tickets;
