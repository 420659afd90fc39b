"""The payroll workbook: exact, without a formula, reconciled, and read back by LibreOffice as written."""

import csv
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.payroll.changes import changes_table
from flows.payroll.making import make
from flows.payroll.people import lines_table, paid_lines, payable_fen, people_table
from flows.payroll.pools import check_of, pools_table, reconciliation_table
from flows.payroll.summary import agrees
from flows.settings import load_company
from flows.workbooks.tables import Column, DataTable, amount
from flows.workbooks.writing import csv_text, workbook
from tests.ledger import NOON
from tests.month_end_company import PERIOD, jixiao
from transforms.corrections.model import CarriedLine
from transforms.errors import NotFoundError
from transforms.period import parse
from transforms.titles import Title
from transforms.wording import three

TEXT = Column("name", three("姓名", "姓名", "Name"))
MONEY = Column("amount", three("金额", "金額", "Amount"), "amount")


@pytest.fixture(scope="module")
def made(closed, tmp_path_factory):
    """The payroll of the closed demo company, made by the command line."""
    import shutil

    root = Path(shutil.copytree(closed.root, tmp_path_factory.mktemp("payroll") / "demo", symlinks=True))
    done = jixiao("payroll", PERIOD, "--company", str(root))
    assert done.returncode == 0, done.stderr
    return root, done.stdout


def test_it_is_made_twice_with_the_same_bytes(made):
    root, printed = made
    company = load_company(root)
    path = make(company, parse(PERIOD)).path
    first = path.read_bytes()
    assert make(company, parse(PERIOD)).path.read_bytes() == first
    assert "all sums agree" in printed


def test_every_amount_is_read_back_as_the_ledger_has_it(made):
    root, _ = made
    payroll = make(load_company(root), parse(PERIOD))
    book = openpyxl.load_workbook(payroll.path)
    for table in payroll.tables:
        sheet = book[table.title.in_locale("zh-Hans")]
        head = 2 if table.note else 1
        read = [
            [cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1, max_row=head + len(table.rows))
        ]
        for written, found in zip(table.rows, read, strict=True):
            assert [_exact(each) for each in written] == [_exact(each) for each in found]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def _exact(value):
    if isinstance(value, str | None):
        return value or None
    return Decimal(str(value)).normalize()


def test_csv_and_workbook_say_the_same(made):
    root, _ = made
    payroll = make(load_company(root), parse(PERIOD))
    with (payroll.path.parent / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = payroll.tables[0]
    assert [Decimal(row["payable"]) for row in rows] == [row[-1] for row in people.rows]
    assert sum(Decimal(row["payable"]) for row in rows) == people.totals()[-1]


def test_libreoffice_reads_the_same_sums(made, tmp_path):
    """A spreadsheet that finance may use opens it and counts the same."""
    root, _ = made
    payroll = make(load_company(root), parse(PERIOD))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(payroll.path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    rows = list(csv.reader((tmp_path / payroll.path.with_suffix(".csv").name).open(encoding="utf-8")))
    assert Decimal(rows[-1][-1].replace(",", "")) == payroll.tables[0].totals()[-1]


def test_a_period_without_a_revision_is_an_error_that_says_what_to_do(made):
    with pytest.raises(NotFoundError, match="no revision 7") as caught:
        make(load_company(made[0]), parse(PERIOD), 7)
    assert "1 to 1" in caught.value.todo


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path):
    table = DataTable(
        "people", three("汇总", "匯總", "People"), (TEXT, MONEY), (("=1+1", Decimal("-2.50")),), totalled=True
    )
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook([table], "en", NOON, "mark"))
    sheet = openpyxl.load_workbook(path)["People"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B3"].value == -2.5
    assert csv_text(table).splitlines()[1] == "'=1+1,-2.50"
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_changes_are_the_difference_of_two_revisions(made):
    from flows import wiring
    from flows.warehouse.ledger_queries import latest, load_results

    engine = wiring.ledger(load_company(made[0]))
    old = load_results(engine, latest(engine, PERIOD).id)
    person, one, line = next(each for each in paid_lines(old) if each[2].amount_fen > 100)
    carried = CarriedLine(
        from_period="2026-09", employee_id=person.employee_id, scheme=one.scheme, scheme_title=one.scheme_title,
        key=line.key, title=line.title, amount_fen=-1235, because=("late_rows",), says=Title(zh_hans="迟到的退款"),
    )  # fmt: skip
    changed = person.model_copy(update={"carried": (carried,)})
    new = old.model_copy(update={"people": tuple(changed if p is person else p for p in old.people)})
    table = changes_table(old, new, None, "zh-Hans")
    assert [row[0] for row in table.rows] == [person.employee_id]
    assert table.rows[0][-2] == Decimal("-12.35")
    assert not changes_table(old, old, None, "zh-Hans").rows
    assert not changes_table(None, new, None, "zh-Hans").rows
    assert payable_fen(changed) == payable_fen(person) - 1235
    assert agrees(reconciliation_table(new, "en"), pools_table(new, "en"))


def test_a_pool_that_does_not_add_up_is_seen(made):
    from flows import wiring
    from flows.warehouse.ledger_queries import latest, load_results

    engine = wiring.ledger(load_company(made[0]))
    results = load_results(engine, latest(engine, PERIOD).id)
    pool = next(p for d in results.departments for a in d.appraisals for p in a.pools if a.counts != "trial")
    assert check_of(pool, pool.paid_fen).en == "agrees"
    assert check_of(pool.model_copy(update={"left_fen": pool.left_fen + 1}), pool.paid_fen).en == "DIFFERS"
    assert check_of(pool, pool.paid_fen + 1).en == "DIFFERS"


def test_lines_and_people_have_one_total(made):
    from flows import wiring
    from flows.warehouse.ledger_queries import latest, load_results

    engine = wiring.ledger(load_company(made[0]))
    results = load_results(engine, latest(engine, PERIOD).id)
    lines, people = lines_table(results, "en"), people_table(results, "en")
    assert lines.totals()[6] == people.totals()[-1] == amount(sum(payable_fen(each) for each in results.people))


@given(st.lists(st.integers(-(10**12), 10**12), max_size=20))
def test_any_amounts_sum_exactly(fen):
    table = DataTable("t", TEXT.title, (TEXT, MONEY), tuple(("x", amount(each)) for each in fen), totalled=True)
    assert table.totals()[1] == Decimal(sum(fen)) / 100
    read = list(csv.reader(csv_text(table).splitlines()))[1:]
    assert [Decimal(row[1]) * 100 for row in read] == fen
