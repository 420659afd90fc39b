-- ordered_lines.sql: the lines that begin and end waits, as they are stored, without a join that might mix them
-- in: messages, account_spans   source: metrics.md first_response_seconds
-- Buyers' lines and lines by persons. A robot's or the system's account answers nobody, while it is one.
set variable robot_spans = (
  select coalesce(list({account_id: account_id, shop_id: shop_id, valid_from: valid_from, valid_until: valid_until}), [])
  from account_spans where kind <> 'human');
set variable robot_accounts = (
  select coalesce(list(distinct account_id), []) from account_spans where kind <> 'human');

create or replace temp macro by_robot(account, shop, moment) as
  list_contains(getvariable('robot_accounts'), account)
  and len(list_filter(getvariable('robot_spans'), lambda s: s.account_id = account and s.shop_id = shop
                      and moment >= s.valid_from and moment < s.valid_until)) > 0;

create or replace temp view stored_lines as
select shop_id, buyer_id, session_id, message_id, account_id, sent_at, direction = 'buyer' as by_buyer
from messages
where sent_at >= getvariable('first_line_at') and sent_at < getvariable('last_line_before')
  and (direction = 'buyer' or (kind = 'human' and not by_robot(account_id, shop_id, sent_at)));
