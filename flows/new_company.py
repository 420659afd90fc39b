"""A new company folder: configuration that explains itself, and nothing that is in the way of one's own."""

import shutil
from pathlib import Path

from transforms.errors import ConfigError

SHIPPED = Path(__file__).resolve().parents[1] / "config"

_COMPANY = """\
# What this company is, and how its month end runs. Every key left out has the default written beside it.
name: {zh-Hans: 我的公司, zh-Hant: 我的公司, en: My company}
time_zone: Asia/Shanghai          # the clock of the schedule, and of "today"
currency: CNY

# measures:                       # how receptions and orders are counted; docs/reference/metrics.md
#   after_sales_days: 14          # a buyer back within so many days of a purchase, without ordering, is after-sales
#   order_days: 1                 # an inquirer's order counts until the day after
#   pay_days: 4                   # its payment until four days after the order
#   judgement: order              # who owns an order: order | payment | order_first
# calendar:
#   country: CN                   # China's official holidays and make-up days; without it Monday to Friday
#   holidays: [2026-10-08]        # days off of the company's own
#   make_up_days: [2026-10-11]    # working days of its own
# gate:
#   quarantine_limit_rate: 0.01   # more bad rows than this in a table of facts stop the run
# ledger:
#   url: postgresql+psycopg://user@host/jixiao   # default: SQLite in data/
# delivery:
#   kind: smtp                    # default: folder (data/outbox/*.eml)
#   host: smtp.example.com
#   port: 587
#   username: jixiao              # the password is read from the environment: JIXIAO_SMTP_PASSWORD
#   sender: hr@example.com
# schedule:
#   cron: "0 7 20 * *"            # after the settle days: the 20th at seven
# sheets:                         # working days after the period's end, where a scheme has no calendar of its own
#   back: 5                       # judging sheets are due back; out, summary and finance likewise
# documents:
#   locale: zh-Hans               # zh-Hans | zh-Hant | en
# pay_plan:                       # what schemes may pay a month, by department; the company's report shows both
#   customer_service: 60000
"""

_SOURCE = """\
# One source a file: where raw exports are, and for each canonical table the select that maps their columns.
# Tables and columns: docs/reference/tables.md. Helpers: fen(yuan), ts(text, format), day(text, format), yes(text),
# number(text).
# Always pass _file and _row on: they lead from a number on a report back to the line of the export.
source: roster
kind: files                       # or sql, with `url_env: NAME` and a query for each input
format: csv                       # csv | xlsx | parquet | jsonl; .gz is understood
encoding: utf-8                   # utf-8 | utf-8-sig | gb18030
inputs:
  staff: {path: data/inbox/employees.csv, required: true, columns: [工号, 姓名, 邮箱, 入职日期, 部门]}
tables:
  employees: |
    select "工号" as employee_id, "姓名" as name, "邮箱" as email, day("入职日期", '%Y-%m-%d') as hired_on, _file, _row
    from staff
  assignments: |
    select "工号" as employee_id, "部门" as department_id, day("入职日期", '%Y-%m-%d') as valid_from,
           'member' as role, _file, _row
    from staff
"""


def create(folder: Path) -> tuple[tuple[Path, str], ...]:
    """Make `folder` with commented configuration and the shipped schemes; returns what was made.

    Raises:
        ConfigError: there is configuration already; nothing is overwritten.
    """
    config = folder / "config"
    if config.exists():
        raise ConfigError(f"{config} exists already", todo="choose another folder, or change the files in it")
    for path in (config / "sources", folder / "data" / "inbox"):
        path.mkdir(parents=True)
    (config / "company.yaml").write_text(_COMPANY, "utf-8")
    (config / "sources" / "roster.yaml").write_text(_SOURCE, "utf-8")
    shutil.copytree(SHIPPED / "schemes", config / "schemes")
    return (
        (config / "company.yaml", "name, calendar, mail, schedule"),
        (config / "sources", "one file a source; roster.yaml shows how"),
        (config / "schemes", "four scorecards to start from; each ships its cases"),
        (folder / "data" / "inbox", "where exports go"),
    )
