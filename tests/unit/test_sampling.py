"""The draw of contacts to judge, and the sheet in which they are judged (S06)."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from flows.judging import Sample
from flows.judging_sheet import ASPECTS, FAILED, PASSED, write
from flows.schemes import load_scheme
from tests.scheme_kit import CSAT, OCTOBER, read, text_of
from tests.source_company import Staged, add_source, make_company
from transforms.errors import ConfigError
from transforms.sampling import Contact, draw, ticket

START = datetime(2026, 10, 1, 9)  # noqa: DTZ001 - wall time


def contacts(who: str, count: int) -> list[Contact]:
    return [Contact(who, START + timedelta(hours=n), "s1", f"=acc-{who}", f"session-{n}") for n in range(count)]


def test_the_draw_is_the_same_on_every_machine_and_version() -> None:
    """Known numbers: a change of the hash would change samples that were drawn already."""
    drawn = draw(contacts("E1", 100), 3, "autumn")
    assert [each.contact_id for each in drawn] == KNOWN
    assert ticket(contacts("E1", 1)[0], "autumn")[:10] == KNOWN_TICKET


KNOWN = ["session-34", "session-47", "session-63"]
KNOWN_TICKET = "ab8c9e10f1"


def test_another_seed_draws_other_contacts() -> None:
    pool = contacts("E1", 100)
    assert draw(pool, 10, "autumn") != draw(pool, 10, "winter")


def test_every_contact_is_as_likely_as_another() -> None:
    """2000 draws of 5 out of 20: each expected 500 times; five standard deviations are about 97."""
    pool = contacts("E1", 20)
    counted = Counter(each.contact_id for seed in range(2000) for each in draw(pool, 5, str(seed)))
    assert len(counted) == 20
    assert all(abs(count - 500) < 97 for count in counted.values())


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one contact"):
        draw(contacts("E1", 3), 0, "autumn")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    pool = [*contacts("E1", 30), *contacts("E2", 2)]
    scheme = read(tmp_path, text_of(CSAT.format(weight=100)))
    return Sample(scheme, OCTOBER, 5, "autumn", {"E1": 30, "E2": 2}, draw(pool, 5, "autumn"))


def cells(path: Path) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def test_the_sheet_has_a_row_a_contact_by_time_and_an_empty_column_an_aspect(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "sheets" / "sheet.xlsx"
    write(sample, path, date(2026, 11, 2))
    head, *rows = cells(path)
    assert head[5:8] == ASPECTS
    assert len(rows) == 7
    assert [row[3] for row in rows] == sorted(str(row[3]) for row in rows)
    assert {row[5:8] for row in rows} == {(None, None, None)}
    assert {row[8] for row in rows} == {"2026-11-02"}
    assert len({row[0] for row in rows}) == 7


def test_ids_stay_text_and_choices_are_offered_for_every_row(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write(sample, path, date(2026, 11, 2))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert str(sheet["C2"].value).startswith("=acc-")
    assert sheet["C2"].data_type == "s"
    (choices,) = sheet.data_validations.dataValidation
    assert str(choices.sqref) == "F2:H8"
    assert choices.formula1 == f'"{PASSED},{FAILED}"'


def test_the_sheet_says_how_it_was_drawn_and_names_nobody(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write(sample, path, date(2026, 11, 2))
    notes = {row[0]: row[1] for row in openpyxl.load_workbook(path).worksheets[1].iter_rows(values_only=True)}
    assert (notes["种子 seed"], notes["每人抽取 size"], notes["已抽取 drawn"]) == ("autumn", "5", "7")
    assert not [cell for row in cells(path) for cell in row if cell in {"E1", "E2"}]


def test_a_sheet_that_may_have_been_judged_is_not_overwritten(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write(sample, path, date(2026, 11, 2))
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="such a sheet already"):
        write(sample, path, date(2026, 11, 2))
    assert path.read_bytes() == before


def test_the_shipped_scheme_of_sampled_behaviour_counts_what_the_sheet_asks() -> None:
    scheme = load_scheme(Path("config/schemes/s06_sampled_behaviour.yaml"))
    judged = {line.key for _, _, line in scheme.versions[0].placed()}
    assert {f"qa_{aspect.split()[1]}_rate" for aspect in ASPECTS} <= judged


RUNBOOK = Path("docs/runbook.md").read_text("utf-8")


def documented_source() -> str:
    section = RUNBOOK.split("## Judging a sample", 1)[1]
    return section.split("```yaml\n", 1)[1].split("```", 1)[0]


def test_the_judged_sheet_comes_back_as_quality_checks_through_the_documented_source(
    sample: Sample, tmp_path: Path
) -> None:
    company = make_company(tmp_path / "company")
    add_source(company, documented_source(), "judged")
    path = company.data / "inbox" / "quality" / "judged" / "october.xlsx"
    write(sample, path, date(2026, 11, 2))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["F2"], sheet["G2"], sheet["H2"] = PASSED, FAILED, PASSED
    sheet["F3"] = FAILED  # the other aspects of this contact were not judged
    book.save(path)
    staged = Staged(company)
    rows = staged.rows("select aspect, passed, source, account_id, judged_at, handled_at from qa_checks order by all")
    assert [row[:3] for row in rows] == [
        ("attitude", False, "sampled"), ("attitude", True, "sampled"), ("professionalism", True, "sampled"),
        ("timeliness", False, "sampled"),
    ]  # fmt: skip
    assert {row[4] for row in rows} == {datetime(2026, 11, 2)}  # noqa: DTZ001 - wall time
    assert {row[3] for row in rows} <= {"=acc-E1", "=acc-E2"}
    assert {row[5] for row in rows} <= {each.handled_at for each in sample.contacts}
    assert staged.rows("select * from rejected") == []


def test_without_a_judged_sheet_the_documented_source_is_silent(tmp_path: Path) -> None:
    company = make_company(tmp_path / "company")
    add_source(company, documented_source(), "judged")
    assert Staged(company).rows("select count(*) from qa_checks") == [(0,)]
