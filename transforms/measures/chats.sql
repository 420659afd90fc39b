-- chats.sql: the one heavy pass over the messages: a row per chat session × agent × business day
-- in: messages, account_spans   source: metrics.md "Reception and attribution"
-- A line belongs to whoever worked with its account at that moment. Only a person's own line answers: automatic
-- replies and mass messages never do, nor does a robot's account. Lines from some days before the window (chats may
-- precede an order) until some days after it (a payment may be followed up) are read.
create or replace temp view lines as
select m.shop_id, m.buyer_id, m.session_id, m.message_id, m.sent_at, s.employee_id,
       m.direction = 'buyer' as by_buyer,
       m.direction = 'agent' and m.kind = 'human' and coalesce(s.kind, 'human') = 'human' as by_person,
       m.direction = 'agent' and m.kind = 'mass' as is_mass,
       m.is_filter_phrase, m.forbidden_phrases
from messages as m
left join account_spans as s
  on s.account_id = m.account_id and s.shop_id = m.shop_id
 and m.sent_at >= s.valid_from and m.sent_at < s.valid_until
where m.sent_at >= getvariable('first_line_at') and m.sent_at < getvariable('last_line_before');

create or replace temp table chat_days as
select shop_id, buyer_id, session_id, employee_id, business_day(sent_at) as day,
       min(sent_at)                                                  as first_at,
       count(*) filter (where by_buyer)                              as buyer_lines,
       count(*) filter (where by_person)                             as agent_lines,
       count(*) filter (where is_mass)                               as mass_lines,
       count(*) filter (where by_person and is_filter_phrase)        as phrase_lines,
       coalesce(sum(forbidden_phrases) filter (where by_person), 0)  as forbidden_phrases,
       min(sent_at) filter (where by_buyer)                          as first_buyer_at,
       max(sent_at) filter (where by_buyer)                          as last_buyer_at,
       min(sent_at) filter (where by_person)                         as first_agent_at,
       max(sent_at) filter (where by_person)                         as last_agent_at
from lines
group by all;
