"""What bad input gets: a sentence that says where and what to do, an exit code, and nothing changed.

Every case runs the real steps on a company that has two revisions, mail sent and mail queued, and exports that would
make a third revision were they not spoiled. What a failed run must leave alone is compared byte by byte.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from flows import gate_results, steps, views
from flows.cli.app import app
from flows.demo import setup
from flows.demo.faults import plant_critical
from flows.settings import load_company
from tests import tiny_company as tiny
from transforms.errors import (
    ConfigError,
    DeliveryError,
    GateStopped,
    JixiaoError,
    PeriodError,
    SourceError,
)
from transforms.period import parse

PERIOD = parse(tiny.PERIOD)
EMPLOYEES, ORDERS, JUDGEMENTS = (f"data/inbox/{name}" for name in (tiny.EMPLOYEES, tiny.ORDERS, tiny.JUDGEMENTS))
GOOD_ORDER = "o-new,b-new,2026-10-30 10:05:00,2026-10-30 10:06:00,80.00"
PERSONAL = ("孟经理", "王芳", "@example.com")


@pytest.fixture
def root(tmp_path, tmp_path_factory):
    """A company with a past, and one more order than its last revision knows."""
    copy = shutil.copytree(tiny.with_a_past(tmp_path_factory), tmp_path / "tiny")
    tiny.add_lines(copy / ORDERS, GOOD_ORDER)
    return copy


def refused(root: Path, **run: object) -> JixiaoError:
    """The error of a run that must change nothing."""
    before = tiny.state(root)
    assert before.ledger["revisions"][0] == 2
    assert tiny.mail(root) == {"sent": 5, "queued": 5}
    with pytest.raises(JixiaoError) as caught:
        tiny.run(root, **run)
    assert tiny.state(root) == before
    assert tiny.leftovers(root) == []
    told = str(caught.value)
    assert "\n" not in told
    assert not [word for word in PERSONAL if word in told]
    return caught.value


def test_the_baseline_would_make_a_third_revision(root):
    """Else the cases below would show nothing."""
    before = tiny.state(root)
    assert tiny.run(root).number == 3
    after = tiny.state(root)
    assert after.ledger["revisions"][0] == 3
    assert set(before.snapshots) < set(after.snapshots)
    assert tiny.mail(root) == {"sent": 5, "queued": 5, "cancelled": 5}


@dataclass(frozen=True)
class Case:
    """How to spoil a company, and what its user must read."""

    spoil: Callable[[Path], object]
    error: type[JixiaoError]
    code: int
    file: str
    where: dict[str, object]
    what: tuple[str, ...]
    todo: tuple[str, ...]


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: tiny.edit(root / name, old, new)


def recode(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes((root / name).read_text("utf-8").encode("gb18030"))


FILES_AND_CONFIGURATION = {
    "missing file": Case(
        lambda root: (root / ORDERS).unlink(), SourceError, 5, tiny.SHOP_YAML,
        {"line": 4, "field": "inputs.orders.path"}, ("no file matches 'data/inbox/orders/*.csv'",),
        ("put the export there", "required: false"),
    ),
    "unknown column": Case(
        edit(ORDERS, "付款时间", "支付时间"), SourceError, 5, ORDERS, {"field": "付款时间"},
        ("the column '付款时间' is missing",), ("did you mean '支付时间'", "订单编号"),
    ),
    "wrong encoding": Case(
        recode(EMPLOYEES), SourceError, 5, EMPLOYEES, {"row": 0},
        ("does not belong to the declared encoding utf-8",), ("encoding: gb18030",),
    ),
    "weights of 99": Case(
        edit(tiny.SCHEME_YAML, "weight: 40", "weight: 39"), ConfigError, 4, tiny.SCHEME_YAML,
        {"line": 9, "field": "versions[0].indicators[0].weight"}, ("scheme desk_monthly", "99"), ("100",),
    ),
    "unknown metric": Case(
        edit(tiny.SCHEME_YAML, "metric: paid_amount", "metric: paid_amounts"), ConfigError, 4, tiny.SCHEME_YAML,
        {"line": 10, "field": "versions[0].indicators[1].metric"}, ("scheme desk_monthly", "'paid_amounts'"),
        ("did you mean 'paid_amount'",),
    ),
    "unknown setting": Case(
        edit(tiny.COMPANY_YAML, "delivery:", "delivry:"), ConfigError, 4, tiny.COMPANY_YAML,
        {"line": 2, "field": "delivry"}, ("unknown key 'delivry'",), ("did you mean 'delivery'",),
    ),
    "unknown table": Case(
        edit(tiny.SHOP_YAML, "  messages: |", "  message: |"), ConfigError, 4, tiny.SHOP_YAML,
        {"field": "tables.message"}, ("'message' is not a canonical table",), ("did you mean 'messages'",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES_AND_CONFIGURATION.values(), ids=FILES_AND_CONFIGURATION)
def test_a_file_or_configuration_that_is_wrong(root, case):
    case.spoil(root)
    error = refused(root)
    assert (type(error), error.exit_code) == (case.error, case.code)
    assert error.where.file is not None
    assert error.where.file.endswith(case.file)
    assert {name: getattr(error.where, name) for name in case.where} == case.where
    assert not [words for words in case.what if words not in error.what], error.what
    assert not [words for words in case.todo if words not in error.todo], error.todo
    assert error.todo


PERIODS = {
    "not over": ("2026-10", date(2026, 10, 31), "period 2026-10 is not over: its last day is 2026-10-31", "2026-11-01"),
    "of the future": (
        "2027-01",
        date(2026, 11, 21),
        "period 2027-01 lies in the future",
        "choose a period that is over",
    ),
    "no period": ("2026-13", date(2026, 11, 21), "'2026-13' is not a period", "write a month as 2026-10"),
}


@pytest.mark.parametrize(("period", "today", "what", "todo"), PERIODS.values(), ids=PERIODS)
def test_a_period_that_cannot_be_run(root, period, today, what, todo):
    error = refused(root, period=period, as_of=today)
    assert (type(error), error.exit_code) == (PeriodError, 6)
    assert what in error.what
    assert todo in error.todo


def bad_orders(*changes: str) -> Callable[[Path], object]:
    """Orders of October with an amount or a time that is wrong."""
    lines = [f"o-bad{n},b-bad{n},{change}" for n, change in enumerate(changes)]
    return lambda root: tiny.add_lines(root / ORDERS, *lines)


TEXT, NEGATIVE, NO_DAY = (
    "2026-10-12 10:05:00,2026-10-12 10:06:00,八十元", "2026-10-12 10:05:00,2026-10-12 10:06:00,-80.00",
    "2026-10-12 10:05:00,2026-10-32 10:06:00,80.00",
)  # fmt: skip
STOPPED_BY_THE_GATE = {
    "too much text in numbers": (bad_orders(*[TEXT] * 8), ORDERS, 120, "rows of Orders are quarantined", "limit is 1%"),
    "too many days that do not exist": (
        bad_orders(*[NO_DAY] * 8), ORDERS, 120, "rows of Orders are quarantined", "limit is 1%",
    ),
    "too many negative amounts": (
        bad_orders(*[NEGATIVE] * 8), ORDERS, 120, "8 rows of Orders are quarantined", "limit is 1%",
    ),
    "a first day that does not exist": (
        edit(EMPLOYEES, "e2@example.com,2024-01-01", "e2@example.com,2024-02-30"), EMPLOYEES, 2,
        "1 rows of Employees have a hired on that cannot be read: not a day that exists", "Correct the file",
    ),
    "text in a judgement": (
        edit(JUDGEMENTS, "E2,M1,84", "E2,M1,良好"), JUDGEMENTS, 2,
        "1 rows of Judgements have a score that cannot be read: not a number", "Correct the file",
    ),
    "a judgement below zero": (
        edit(JUDGEMENTS, "E2,M1,84", "E2,M1,-5"), JUDGEMENTS, 2, "1 rows of Judgements have a score below 0", "Check the numbers",
    ),
    "a duplicated employee": (
        lambda root: tiny.add_lines(root / EMPLOYEES, "E2,王芳,other@example.com,2024-01-01,member"), None, None,
        f"E2 stands twice with different content: {EMPLOYEES} row 2 and {EMPLOYEES} row 5", "Keep the right row",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "file", "row", "what", "todo"), STOPPED_BY_THE_GATE.values(), ids=STOPPED_BY_THE_GATE
)
def test_data_that_cannot_be_scored(root, spoil, file, row, what, todo):
    spoil(root)
    error = refused(root)
    assert (type(error), error.exit_code) == (GateStopped, 3)
    assert (error.where.file, error.where.row) == (file, row)
    assert what in error.what
    assert todo in f"{error.what} {error.todo}"
    assert "jixiao show findings 2026-10" in error.todo
    assert "findings.html" in error.todo


def test_a_few_bad_rows_are_quarantined_and_the_run_goes_on(root):
    tiny.edit(root / tiny.COMPANY_YAML, "delivery:", "gate: {quarantine_limit_rate: 0.05}\ndelivery:")
    before = paid_amounts(root)
    first = bad_orders(TEXT, NO_DAY, NEGATIVE)(root)
    assert tiny.run(root).number == 3
    rows = gate_results.quarantined(load_company(root), PERIOD)
    listed = [(row.table_name, row.file, row.row, row.check) for row in rows.itertuples()]
    assert sorted(listed) == [
        ("orders", ORDERS, first, "orders.order_amount_fen_rejected"),
        ("orders", ORDERS, first + 1, "orders.paid_at_rejected"),
        ("orders", ORDERS, first + 2, "orders.order_amount_fen_below_minimum"),
        ("orders", ORDERS, first + 2, "orders.paid_amount_fen_below_minimum"),
    ]
    assert not [row.reason for row in rows.itertuples() if "八十" in row.reason or "-80" in row.reason]
    assert paid_amounts(root) == before
    with_findings = views.results(load_company(root), PERIOD)
    assert {found.check for found in with_findings.findings if found.quarantined} == {row[3] for row in listed}
    assert tiny.leftovers(root) == []


def paid_amounts(root: Path) -> dict[str, object]:
    """What each person sold, as the latest revision says."""
    values = views.results(load_company(root), PERIOD).values
    return {
        value.subject_id: value.numerator
        for value in values
        if (value.level, value.metric, value.window) == ("employee", "paid_amount", tiny.PERIOD)
    }


def test_the_demo_with_a_duplicated_employee_stops(tmp_path):
    made = setup.create(tmp_path / "demo", scale=0.02)
    plant_critical(made.root, "duplicated_employee")
    company = load_company(made.root)
    staged = steps.extract(company)
    with pytest.raises(GateStopped) as caught:
        steps.gate(company, staged, PERIOD, tiny.AS_OF)
    told = str(caught.value)
    assert "E1002" in told
    assert "data/inbox/hr/roster.xlsx" in told
    assert "李四" not in told
    assert not list(company.snapshots.glob("*.json"))
    assert tiny.leftovers(made.root) == []
    assert not (made.root / "data" / "ledger.sqlite").exists()


def test_a_manager_without_an_address(root):
    """The run goes on; the manager's two messages are not queued, and whoever sends is told so, with exit code 8.

    What could be sent was sent: the outbox differs from a healthy run's by the manager's messages only.
    """
    tiny.edit(root / EMPLOYEES, "m1@example.com", "")
    assert tiny.run(root).number == 3
    found = gate_results.findings(load_company(root), PERIOD)
    assert [(one.check, one.employee_ids) for one in found] == [("employees.manager_without_email", ("M1",))]
    assert tiny.mail(root) == {"sent": 5, "cancelled": 5, "queued": 3}
    with pytest.raises(DeliveryError) as caught:
        app(["deliver", "--company", str(root)], standalone_mode=False)
    assert caught.value.exit_code == 8
    assert "no usable e-mail address for manager M1 of department desk" in caught.value.what
    assert "put the address into the employees table and run the period again" in caught.value.todo
    assert tiny.mail(root) == {"sent": 8, "cancelled": 5}
    tiny.edit(root / EMPLOYEES, "M1,孟经理,,", "M1,孟经理,m1@example.com,")
    assert tiny.run(root).number == 4
    app(["deliver", "--company", str(root)], standalone_mode=False)


# The kernel refuses writes beyond a size, as a full disk would: for root as for others, wherever the tests run.
FULL_DISK = """
import json, resource, signal, sys
from pathlib import Path
from tests import tiny_company as tiny
from transforms.errors import JixiaoError

if __name__ == "__main__":
    root, before = Path(sys.argv[1]), tiny.state(Path(sys.argv[1]))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for limit in map(int, sys.argv[2:]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        told = None
        try:
            tiny.run(root)
        except JixiaoError as error:
            told = [type(error).__name__, error.exit_code, error.what, str(error.where), error.todo]
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after = tiny.state(root)
        print(json.dumps({
            "limit": limit, "told": told, "ledger": after.ledger == before.ledger,
            "outbox": after.outbox == before.outbox, "snapshots": after.snapshots == before.snapshots,
            "whole": before.snapshots.items() <= after.snapshots.items(), "left": tiny.leftovers(root),
        }), flush=True)
"""


def test_a_full_disk(root, tmp_path):
    """Wherever the disk gives out, a sentence says so and nothing is half done; with room again the run goes through.

    A disk that gives out after the gate leaves one more whole snapshot, which the next run finds and takes.
    """
    script = tmp_path / "full_disk.py"
    script.write_text(FULL_DISK)
    project, limits = Path(__file__).parents[2], ["1", "1500", "4000", "10000", "30000", "100000"]
    child = subprocess.run(
        [sys.executable, str(script), str(root), *limits],
        capture_output=True, text=True, check=False, cwd=project, env={**os.environ, "PYTHONPATH": str(project)},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    tries = [json.loads(line) for line in child.stdout.splitlines()]
    assert [one["told"][:2] for one in tries] == [["StorageError", 7]] * len(limits)
    for one in tries:
        _, _, what, where, todo = one["told"]
        assert "refuse" in what
        assert str(root / "data") in where
        assert "free" in todo
        assert (one["ledger"], one["outbox"], one["whole"], one["left"]) == (True, True, True, [])
    assert sum(one["snapshots"] for one in tries) >= 4
    assert tiny.run(root).number == 3
    assert tiny.mail(root) == {"sent": 5, "queued": 5, "cancelled": 5}
