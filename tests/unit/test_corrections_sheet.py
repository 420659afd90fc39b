"""The corrections sheet: what it offers, and that it comes back as corrections, whole or not at all."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from flows.company import Company
from flows.corrections import entering, sheet, sheet_reading
from flows.corrections.entries import standing_of
from flows.corrections.sheet_words import ACTS, HEADS, KINDS, NOBODY, ROLES, key_of
from flows.settings import load_company
from flows.wiring import ledger
from tests.corrected_company import NOON, october
from tests.tiny_company import COMPANY_YAML, PERIOD, edit
from transforms.errors import ConfigError

WHO = {"reason": "wrong", "evidence": "mail 1", "asked_by": "E2 E2", "approved_by": "M1 孟经理"}
FACT = WHO | {"kind": "fact", "table": "orders", "key": "order_id=o-E1-1005; shop_id=s1", "column": "paid_amount_fen",
              "value": 20000}  # fmt: skip
MOVED = WHO | {"kind": "attribution", "key": "shop_id=s1; order_id=o-E1-1006", "whom": "E2 E2"}
RATED = WHO | {"kind": "rating", "whom": "NA NA", "line": "product_knowledge", "rater": "M1 孟经理", "role": "manager",
               "value": 60.5, "asked_by": "M1 孟经理", "approved_by": "E1 E1"}  # fmt: skip
AGREED = WHO | {"kind": "target", "whom": "desk", "line": "paid_amount", "value": "900000"}
EXEMPT = WHO | {"kind": "exemption", "whom": "E1 E1", "line": "first_response_seconds"}
DECIDED = WHO | {"kind": "override", "whom": "E1 E1", "line": "score", "value": "88.8"}


@pytest.fixture
def company(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The tiny company after its first October."""
    return load_company(shutil.copytree(october(tmp_path_factory), tmp_path / "tiny"))


@pytest.fixture
def blank(company: Company, tmp_path: Path) -> Path:
    """A blank sheet."""
    path = tmp_path / "sheets" / "corrections.xlsx"
    sheet.write(company, PERIOD, path)
    return path


def fill(path: Path, rows: Iterable[dict[str, object]]) -> sheet_reading.Filled:
    """Fill rows in and read the sheet back."""
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            book.worksheets[0].cell(number, list(HEADS).index(name) + 1).value = value
    book.save(path)
    return sheet_reading.read(path)


def enter(company: Company, filled: sheet_reading.Filled):
    reviewed, wrong = sheet_reading.review(company, filled, NOON.date())
    sheet_reading.require_right(filled, wrong)
    return entering.write(company, reviewed, NOON, "E2")


def test_every_kind_comes_back(company: Company, blank: Path) -> None:
    entries = enter(company, fill(blank, [FACT, MOVED, RATED, AGREED, EXEMPT, DECIDED]))
    stand = {each.kind: each for each in standing_of(ledger(company), PERIOD)}
    assert len(entries) == len(stand) == 6
    assert stand["fact"].row.values == {"paid_amount_fen": "20000"}
    assert stand["attribution"].attribution.employee_id == "E2"
    assert (stand["rating"].row.act, stand["rating"].row.values["score"]) == ("set", "60.5")
    assert (stand["target"].row.act, stand["target"].row.key["level"]) == ("add", "department")
    assert (stand["exemption"].decision.key, str(stand["override"].decision.value)) == (
        "first_response_seconds",
        "88.8",
    )
    assert (stand["fact"].asked_by, stand["fact"].approved_by) == ("E2", "M1")


def test_what_is_entered_already_is_not_entered_again(company: Company, blank: Path) -> None:
    filled = fill(blank, [FACT, EXEMPT])
    assert enter(company, filled) == enter(company, filled)


def test_every_wrong_cell_is_named_and_nothing_is_entered(company: Company, blank: Path) -> None:
    wrong = [
        FACT,
        FACT | {"column": "status", "value": "gone"},
        RATED | {"value": 101, "approved_by": "M1"},
        DECIDED | {"line": "nope", "reason": None},
        MOVED | {"whom": None},
        FACT | {"kind": "gift"},
        FACT | {"key": "o-E1-1007"},
        EXEMPT | {"line": "paid_amount", "asked_by": "E9"},
    ]
    filled = fill(blank, wrong)
    with pytest.raises(ConfigError) as error:
        enter(company, filled)
    named = [line.split(":")[0].strip() for line in error.value.what.splitlines()[1:]]
    assert named == ["Corrections!F3", "Corrections!F4", "Corrections!N4", "Corrections!H5", "Corrections!K5",
                     "Corrections!G6", "Corrections!A7", "Corrections!D8", "Corrections!M9"]  # fmt: skip
    assert standing_of(ledger(company), PERIOD) == ()


def test_two_rows_about_the_same_cell_are_refused(company: Company, blank: Path) -> None:
    _, wrong = sheet_reading.review(company, fill(blank, [FACT, FACT | {"value": 1}]), NOON.date())
    assert [each.cell for each in wrong] == ["Corrections!D3"]


def test_only_the_cells_to_fill_in_are_open_and_choices_are_offered(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    page = book.worksheets[0]
    assert page.protection.sheet
    assert not page.protection.password
    assert (page["A1"].protection.locked, page["A2"].protection.locked) == (True, False)
    assert page.freeze_panes == "A2"
    offered = {str(each.sqref).split(":")[0]: each.formula1 for each in page.data_validations.dataValidation}
    assert offered["A2"] == "c_kind"
    assert offered["E2"].startswith("INDIRECT(")
    lists = [cell.value for column in book[sheet.LISTS].iter_cols() for cell in column]
    assert {"E1 E1", "M1 孟经理", "orders", "product_knowledge", "paid_amount_fen", "desk"} <= set(lists)
    assert "messages" not in lists
    assert [book[name].sheet_state for name in (sheet.LISTS, sheet.MARK)] == ["hidden", "veryHidden"]


def test_it_speaks_the_language_of_the_company(company: Company, tmp_path: Path) -> None:
    edit(company.root / COMPANY_YAML, "locale: en", "locale: zh-Hant")
    found = load_company(company.root)
    sheet.write(found, PERIOD, tmp_path / "hant.xlsx")
    assert openpyxl.load_workbook(tmp_path / "hant.xlsx").worksheets[0]["A1"].value == "更正類別"
    filled = fill(
        tmp_path / "hant.xlsx", [FACT | {"kind": "事實", "act": "修改"}, MOVED | {"kind": "歸屬", "whom": "無人"}]
    )
    assert len(enter(found, filled)) == 2


@pytest.mark.parametrize("words", [KINDS, ACTS, ROLES])
def test_every_word_of_every_language_is_understood(words) -> None:
    for key, title in words.items():
        assert {key_of(words, word) for word in title.model_dump().values()} == {key}


def test_nobody_is_no_person_of_that_name(company: Company, blank: Path) -> None:
    enter(company, fill(blank, [MOVED | {"whom": NOBODY.in_locale("en")}]))
    assert standing_of(ledger(company), PERIOD)[0].attribution.employee_id is None


def test_a_sheet_that_is_there_is_not_overwritten(company: Company, blank: Path) -> None:
    with pytest.raises(ConfigError, match="there is such a sheet"):
        sheet.write(company, PERIOD, blank)


def test_what_is_no_sheet_of_ours(tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook", "utf-8")
    for name in ("other.xlsx", "text.xlsx", "missing.xlsx"):
        with pytest.raises(ConfigError):
            sheet_reading.read(tmp_path / name)
