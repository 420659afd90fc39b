"""What a revision finds in the ledger to compare its schemes and agreed targets with."""

from decimal import Decimal

from flows.report_design import redesigned
from flows.warehouse.ledger import record
from flows.warehouse.ledger_hash import SchemeVersion
from tests.ledger import SCHEME, department, results, revision_input, sqlite_ledger  # noqa: F401 - a fixture
from transforms.scoring.results import DepartmentAppraisal, NamedValue
from transforms.scoring.trace import leaf
from transforms.titles import Title

LATER = SchemeVersion(
    scheme=SCHEME.scheme, effective_from="2026-10-01",
    text=SCHEME.text.replace('"good": 80', '"good": 85').replace("2026-01-01", "2026-10-01"),
)  # fmt: skip


def agreed(sales: str):
    """The department, with an agreed target that one of its values looked at."""
    told = leaf("target", "target of paid_sales", Decimal(sales), level="department", subject="customer_service")
    value = NamedValue(
        key="x", title=Title(zh_hans="值"), unit=None, value=Decimal(1), says=Title(zh_hans=""), source="", trace=told
    )
    whole = DepartmentAppraisal(
        scheme="s02", scheme_title=Title(zh_hans="客服"), scheme_version=revision_input().created_at.date(),
        counts="beside", source="", window="2026-10", values=(value,),
    )  # fmt: skip
    return department().model_copy(update={"appraisals": (whole,)})


def run(ledger, period, *schemes, sales="1000", snapshot="s1"):
    """A recorded revision of a period."""
    told = results(departments=(agreed(sales),), period=period)
    return record(ledger, revision_input(snapshot, period, schemes=schemes, results=told))


def test_the_month_before_is_compared_by_scheme_and_by_agreed_target(sqlite_ledger):  # noqa: F811
    run(sqlite_ledger, "2026-09", SCHEME)
    found = redesigned(sqlite_ledger, run(sqlite_ledger, "2026-10", LATER, sales="2000"))
    assert [(change.what, change.before.zh_hans, change.after.zh_hans) for change in found] == [
        ("version", "2026-01-01版", "2026-10-01版"), ("grade", "80", "85"), ("target", "10 元", "20 元"),
    ]  # fmt: skip


def test_without_a_month_before_there_is_nothing_to_compare_with(sqlite_ledger):  # noqa: F811
    run(sqlite_ledger, "2026-08", SCHEME)
    assert redesigned(sqlite_ledger, run(sqlite_ledger, "2026-10", SCHEME)) is None


def test_the_same_schemes_and_targets_are_no_change(sqlite_ledger):  # noqa: F811
    run(sqlite_ledger, "2026-09", SCHEME)
    assert redesigned(sqlite_ledger, run(sqlite_ledger, "2026-10", SCHEME)) == ()


def test_a_revision_speaks_of_the_month_before_as_it_was_then(sqlite_ledger):  # noqa: F811
    run(sqlite_ledger, "2026-09", SCHEME)
    october = run(sqlite_ledger, "2026-10", SCHEME)
    run(sqlite_ledger, "2026-09", LATER, snapshot="s2")
    assert redesigned(sqlite_ledger, october) == ()


def test_a_quarter_is_compared_with_the_quarter_before(sqlite_ledger):  # noqa: F811
    run(sqlite_ledger, "2026-Q2", SCHEME)
    run(sqlite_ledger, "2026-09", LATER)
    assert redesigned(sqlite_ledger, run(sqlite_ledger, "2026-Q3", SCHEME)) == ()
