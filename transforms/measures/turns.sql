-- turns.sql: where a chat changes hands between buyer and agent, a row per turn, in the order of the chat
-- in: ordered_lines (stored_lines, each session in one piece and in the order of time and message_id)   source: design.md, streaming waits
-- Snapshots store messages in that order, so lag() needs no partition and no sort. `is_disordered` marks a line that
-- comes before its predecessor: the runner sorts and repeats when there is one, or when a session comes in pieces.
-- Silence of more than a week ends a chat, as if a new session began.
-- Kept are the buyer's turns with what came before and after, and the beginnings of sessions (to see whether each
-- session is in one piece): writing the others costs more than finding them.
create or replace temp table turns as
with marked as (
  select shop_id, buyer_id, session_id, account_id, sent_at, by_buyer, lag(sent_at) over () as previous_at,
         session_id is distinct from lag(session_id) over ()
           or buyer_id is distinct from lag(buyer_id) over ()
           or shop_id is distinct from lag(shop_id) over () as begins_session,
         by_buyer <> lag(by_buyer) over () as turned,
         not begins_session and (sent_at < previous_at
           or (sent_at = previous_at and message_id < lag(message_id) over ())) as is_disordered
  from ordered_lines
),
all_turns as (
  select *, begins_session or sent_at - previous_at > interval 7 days as begins
  from marked
  where begins_session or turned or is_disordered or sent_at - previous_at > interval 7 days
),
with_neighbours as (
  select shop_id, buyer_id, session_id, account_id, sent_at, by_buyer, begins_session, is_disordered, begins,
         coalesce(lead(begins) over (), true) as ends, lead(sent_at) over () as next_at,
         lead(account_id) over () as next_account,
         coalesce(lag(begins) over (), true) as previous_begins, coalesce(lag(by_buyer) over (), true) as previous_by_buyer
  from all_turns
)
select * from with_neighbours where by_buyer or begins_session or is_disordered;
