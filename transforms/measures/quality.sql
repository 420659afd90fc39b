-- quality.sql: contacts judged by quality control, and knowledge tests
-- in: qa_checks, exams, account_spans   source: metrics.md "Tickets, QA, presence"; S06, S09
-- A check counts for the person who had the account when the contact was handled, under that day, whenever it was
-- judged. A contact judged on three aspects is three checks.
create or replace temp table checked_contacts as
select q.check_id, q.shop_id, business_day(q.handled_at) as day, a.employee_id, q.aspect, q.passed
from qa_checks as q
left join account_spans as a
  on a.account_id = q.account_id and a.shop_id = q.shop_id
 and q.handled_at >= a.valid_from and q.handled_at < a.valid_until
where in_window(business_day(q.handled_at));

-- A test belongs to no shop and counts on the day it was taken.
create or replace temp view exam_results as
select employee_id, null::varchar as shop_id, taken_on as day, exam,
       (score * 10000)::bigint as score_e4, (score_max * 10000)::bigint as score_max_e4
from exams
where in_window(taken_on);
