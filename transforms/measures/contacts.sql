-- contacts.sql: who was in contact with whom, a row per buyer × shop × business day × agent
-- in: chat_days, lines, all_waits, order_facts, accounts   source: metrics.md "Reception and attribution"; S02 filters
-- Contacted: the buyer wrote, or was written to. Received: contacted and not filtered. A buyer who talked to two agents
-- is a contact of each. `filtered_by` is the first filter that applies, in this order, of those the company uses:
--   own_account  the buyer is one of our accounts, or the account is a robot's or the system's
--   mass         mass messages only: no buyer line, no line by a person
--   monologue    the buyer is silent
--   phrase       every line by the person is a configured phrase, k_phrase of them or more
--   single_line  one buyer line, k_lines or more lines by the person after it
--   after_sales  paid for an order within after_sales_days before, and places no new order within order_days
-- A new order is one placed on the contact's day or within order_days after it, and not yet paid when the contact
-- began: the purchase somebody comes back about is not its own new order. Inquirer: received, not after-sales.
-- Replied: a line by the person at or after the first buyer line of the day, or an answer to a round begun that day
-- (the buyer writes at 23:59, the answer comes at 00:01; or the line answered was written to a colleague's account).
create or replace temp table contact_lines as
select row_number() over () as contact_no, *
from (
  select shop_id, buyer_id, day, employee_id, min(first_at) as first_at,
         coalesce(least(min(first_buyer_at), min(first_agent_at)), min(first_at)) as began_at,
         sum(buyer_lines)::bigint as buyer_lines, sum(agent_lines)::bigint as agent_lines,
         sum(mass_lines)::bigint as mass_lines, sum(phrase_lines)::bigint as phrase_lines,
         sum(forbidden_phrases)::bigint as forbidden_phrases,
         min(first_buyer_at) as first_buyer_at, min(first_agent_at) as first_agent_at, max(last_agent_at) as last_agent_at
  from chat_days
  where in_window(day)
  group by shop_id, buyer_id, day, employee_id
);

-- Lines by the person after the only buyer line; counted one by one where some came before it.
create or replace temp table single_lines as
select contact_no
from contact_lines
where buyer_lines = 1 and agent_lines >= getvariable('k_lines') and first_agent_at >= first_buyer_at
union all
select c.contact_no
from contact_lines as c
join lines as l
  on l.shop_id = c.shop_id and l.buyer_id = c.buyer_id and l.employee_id = c.employee_id
 and l.by_person and l.sent_at >= c.first_buyer_at and business_day(l.sent_at) = c.day
where c.buyer_lines = 1 and c.agent_lines >= getvariable('k_lines') and c.first_agent_at < c.first_buyer_at
group by c.contact_no
having count(*) >= getvariable('k_lines');

create or replace temp table contact_orders as
select c.contact_no,
       coalesce(bool_or(o.paid_at < c.began_at
                        and o.paid_day >= c.day - getvariable('after_sales_days')), false) as bought_before,
       coalesce(bool_or(is_new and o.day = c.day), false) as ordered_same_day,
       coalesce(bool_or(is_new), false) as ordered,
       coalesce(bool_or(is_new and o.paid_in_time), false) as paid
from contact_lines as c
join (select *, coalesce(paid_at, timestamp 'infinity') as paid_or_never from order_facts) as o
  on o.shop_id = c.shop_id and o.buyer_id = c.buyer_id
 and o.day <= c.day + getvariable('order_days')
cross join lateral (
  select o.paid_or_never >= c.began_at and o.day >= c.day as is_new
)
group by c.contact_no;

-- Answers that the contact's own lines do not show: after midnight, or to a line the buyer wrote to a colleague.
create or replace temp table late_replies as
select distinct c.contact_no
from contact_lines as c
join all_waits as w
  on w.shop_id = c.shop_id and w.buyer_id = c.buyer_id and w.employee_id = c.employee_id and w.day = c.day
where c.buyer_lines > 0 and w.answered_at is not null
  and (c.last_agent_at is null or c.last_agent_at < c.first_buyer_at);

create or replace temp macro filters_out(name) as list_contains(getvariable('filters'), name);

create or replace temp table contacts as
select * exclude (bought_before),
       case when filters_out('own_account') and is_own_account then 'own_account'
            when filters_out('mass') and mass_lines > 0 and buyer_lines = 0 and agent_lines = 0 then 'mass'
            when filters_out('monologue') and buyer_lines = 0 then 'monologue'
            when filters_out('phrase') and agent_lines >= getvariable('k_phrase')
                 and phrase_lines = agent_lines then 'phrase'
            when filters_out('single_line') and is_single_line then 'single_line'
            when filters_out('after_sales') and is_after_sales then 'after_sales' end as filtered_by,
       filtered_by is null as is_received,
       filtered_by is null and not is_after_sales as is_inquirer
from (
  select c.*, e.employee_id is null or own.account_id is not null as is_own_account,
         s.contact_no is not null as is_single_line,
         coalesce(o.bought_before, false) as bought_before,
         coalesce(o.ordered_same_day, false) as ordered_same_day,
         coalesce(o.ordered, false) as ordered,
         coalesce(o.paid, false) as paid,
         coalesce(o.bought_before and not o.ordered, false) as is_after_sales,
         coalesce(c.agent_lines > 0 and c.last_agent_at >= c.first_buyer_at, false)
           or r.contact_no is not null as is_replied
  from contact_lines as c
  left join employees as e using (employee_id)
  left join (select distinct account_id from accounts) as own on own.account_id = c.buyer_id
  left join single_lines as s using (contact_no)
  left join contact_orders as o using (contact_no)
  left join late_replies as r using (contact_no)
);
