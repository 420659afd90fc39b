"""The UCI incident log as a helpdesk: resolvers are read as agents, which is our reading, not the company's."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from flows.settings import load_company
from flows.views import results
from tests.month_end_company import jixiao
from tests.real.folders import make_company
from transforms.period import parse
from transforms.scoring.results import PeriodResults

pytestmark = pytest.mark.real_data
APRIL = parse("2016-04")

# Written without looking at how the product counts: one line an incident, its last state, resolved in April.
INDEPENDENT = """
    with event as (select *, row_number() over (partition by number order by sys_mod_count::int desc) as nth
                   from read_csv(?, all_varchar = true, header = true)),
         incident as (select *, strptime(opened_at, '%d/%m/%Y %H:%M') as opened, strptime(resolved_at, '%d/%m/%Y %H:%M') as resolved
                      from event where nth = 1 and resolved_at <> '?')
    select 'R' || resolved_by as who, count(*) as tickets, sum(epoch(resolved - opened)) as seconds,
           count(*) filter (made_sla = 'true') as in_sla, count(*) filter (reopen_count::int > 0) as reopened,
           count(*) filter (reassignment_count::int > 0) as handed_on
    from incident where resolved >= '2016-04-01' and resolved < '2016-05-01' group by all order by all"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_company("helpdesk", "uci_incidents/*.csv.gz", tmp_path_factory.mktemp("real"))
    done = jixiao("run", "2016-04", "--company", str(root))
    assert done.returncode == 0, done.stderr
    print(done.stdout)  # noqa: T201 - `make real` shows the counts
    return root


@pytest.fixture(scope="module")
def april(desk: Path) -> PeriodResults:
    return results(load_company(desk), APRIL)


@pytest.fixture(scope="module")
def counted(desk: Path) -> dict[str, tuple[int, ...]]:
    path = next((desk / "data" / "inbox").glob("*.csv.gz"))
    return {row[0]: row[1:] for row in duckdb.execute(INDEPENDENT, [str(path)]).fetchall()}


def test_every_named_resolver_has_a_pdf(desk: Path, counted: dict[str, tuple[int, ...]]) -> None:
    made = {path.stem.removeprefix("employee-") for path in (desk / "data" / "reports").rglob("employee-*.pdf")}
    assert len(counted) == 149  # with `?`, the log's sign for nobody knows
    assert made == counted.keys() - {"R?"}


def test_incidents_nobody_resolved_are_in_quarantine_not_lost(desk: Path, counted: dict[str, tuple[int, ...]]) -> None:
    rows = json.loads((desk / "data" / "findings" / "2016-04" / "quarantine.json").read_text("utf-8"))
    unknown = [row for row in rows if row["check"] == "tickets.unknown_account"]
    assert len(unknown) >= counted["R?"][0] == 5
    reasons: dict[str, int] = {}
    for row in rows:
        reasons[row["check"]] = reasons.get(row["check"], 0) + 1
    print("quarantined by reason:", reasons, "· incidents in April:", sum(each[0] for each in counted.values()))  # noqa: T201


def test_the_ledger_says_what_a_few_lines_of_sql_say(april: PeriodResults, counted: dict[str, tuple[int, ...]]) -> None:
    found = {(v.subject_id, v.metric): v for v in april.values if v.level == "employee" and v.window == "2016-04"}
    names = ("resolution_hours", "sla_made_rate", "reopen_rate", "reassignment_rate")
    assert sum(each[0] for each in counted.values()) == 7794
    for who, (tickets, *sums) in counted.items():
        if who == "R?":
            continue
        assert found[who, "tickets_resolved"].value == tickets
        for name, total in zip(names, sums, strict=True):
            assert found[who, name].numerator == Decimal(int(total)), (who, name)
            assert found[who, name].denominator == tickets


def test_the_desk_is_the_sum_of_its_people(april: PeriodResults) -> None:
    mine = [v for v in april.values if v.window == "2016-04" and v.metric == "resolution_hours"]
    desk = next(v for v in mine if v.level == "department")
    assert desk.numerator == sum(v.numerator for v in mine if v.level == "employee")
    assert desk.denominator == sum(v.denominator for v in mine if v.level == "employee")
