"""`jixiao scheme` and `jixiao sample` as a clerk meets them: real processes on a small company with two revisions."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from flows.schemes import load_scheme
from tests import tiny_company as tiny

PROJECT = Path(__file__).parents[2]
CASES = """\
scheme: desk_monthly
in_force_on: 2026-10-01
cases:
  - case: Quick answers, enough sales and praise are good
    given: {first_response_seconds: 20, paid_amount: 4000 yuan, product_knowledge: 80}
    then: {score: 94.00, grade: good}
"""


def jixiao(*words: str, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, as its console script does."""
    child = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'jixiao'; from flows.cli import main; main()", *words],
        capture_output=True, text=True, check=False, cwd=cwd, timeout=300,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "200", "NO_COLOR": "1"},
    )  # fmt: skip
    assert "Traceback" not in child.stderr
    assert "unexpected" not in child.stderr
    return child


def told(child: subprocess.CompletedProcess[str], code: int) -> str:
    assert child.returncode == code, child.stdout + child.stderr
    assert child.stderr.startswith("error: ")
    return child.stderr


def done(child: subprocess.CompletedProcess[str]) -> str:
    assert child.returncode == 0, child.stdout + child.stderr
    return child.stdout


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.with_a_past(tmp_path_factory)


@pytest.fixture
def root(past: Path, tmp_path: Path) -> Path:
    """A copy with a case file."""
    root = shutil.copytree(past, tmp_path / "tiny")
    cases = root / "config" / "schemes" / "cases"
    cases.mkdir()
    (cases / "desk.cases.yaml").write_text(CASES, "utf-8")
    return root


def files(folder: Path) -> dict[str, str]:
    """What must not change: ledger, snapshots, reports, findings, configuration."""
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and "tmp" not in path.parts]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.mark.parametrize("command", ["list", "lint", "test", "new", "simulate"])
def test_help_shows_an_example(command: str) -> None:
    assert f"jixiao scheme {command}" in done(jixiao("scheme", command, "--help")).split("Example", 1)[1]


def test_list_says_whom_each_scheme_judges(root: Path) -> None:
    (row,) = json.loads(done(jixiao("scheme", "list", "--json", "-C", str(root))))
    assert (row["scheme"], row["departments"], row["counts"], row["cases"]) == ("desk_monthly", "desk", "score", 1)
    shipped = list(csv.DictReader(io.StringIO(done(jixiao("scheme", "list", "--shipped", "--csv", "-C", str(root))))))
    assert "s02_cs_draft" in {each["scheme"] for each in shipped}


def test_cases_are_printed_as_sentences(root: Path) -> None:
    said = done(jixiao("scheme", "test", "-C", str(root)))
    assert "holds  desk_monthly · Quick answers, enough sales and praise are good" in said
    assert "1 of 1 cases hold" in said
    assert jixiao("scheme", "test", "desk", "-C", str(root)).returncode == 0


def test_a_case_that_does_not_hold_is_exit_code_4(root: Path) -> None:
    tiny.edit(root / "config/schemes/cases/desk.cases.yaml", "score: 94.00", "score: 93.00")
    child = jixiao("scheme", "test", "-C", str(root))
    error = told(child, 4)
    assert "FAILS  desk_monthly" in child.stdout
    assert "1 of 1 cases do not hold" in error
    assert "score is 94, not 93" in error
    (row,) = json.loads(jixiao("scheme", "test", "--json", "-C", str(root)).stdout)
    assert row["holds"] is False


def test_cases_of_a_scheme_that_has_none(root: Path) -> None:
    error = told(jixiao("scheme", "test", "dask", "-C", str(root)), 9)
    assert "did you mean desk" in error


def test_lint_names_file_line_and_remedy(root: Path) -> None:
    tiny.edit(root / tiny.SCHEME_YAML, "    grades:", "    suppress: {main_indicator: none}\n    grades:")
    (row,) = json.loads(done(jixiao("scheme", "lint", "--json", "-C", str(root))))
    assert (row["severity"], row["check"], row["scheme"]) == ("warning", "suppress_unknown", "desk_monthly")
    assert row["where"] == "desk.yaml:12"
    assert row["why"]
    assert row["to do"]


def test_lint_of_a_period_looks_at_its_data_and_records_nothing(root: Path) -> None:
    before = files(root)
    rows = json.loads(done(jixiao("scheme", "lint", "--period", tiny.PERIOD, "--json", "-C", str(root))))
    assert isinstance(rows, list)
    assert files(root) == before


def test_new_keeps_comments_brings_cases_and_is_on_trial_where_another_judges(root: Path) -> None:
    scheme = root / "config" / "schemes"
    tiny.edit(root / tiny.SCHEME_YAML, "versions:", "versions:      # oldest first")
    said = done(
        jixiao("scheme", "new", "desk_two", "--from", "desk", "--effective-from", "2027-01-01", "-C", str(root))
    )
    assert "on trial" in said
    text = (scheme / "desk_two.yaml").read_text("utf-8")
    assert "# oldest first" in text
    assert text.count("2027-01-01") == 2
    made = load_scheme(scheme / "desk_two.yaml")
    assert (made.scheme, made.counts, len(made.versions)) == ("desk_two", "trial", 1)
    assert made.versions[0].approved.by == "to be approved"
    assert (scheme / "cases" / "desk_two.cases.yaml").exists()
    done(jixiao("scheme", "test", "desk_two", "-C", str(root)))
    done(jixiao("config", "check", "-C", str(root)))


def test_new_from_a_shipped_scheme_for_another_department(root: Path) -> None:
    done(jixiao("scheme", "new", "bonus", "--from", "s22_rank_reward", "--department", "desk", "-C", str(root)))
    made = load_scheme(root / "config" / "schemes" / "bonus.yaml")
    assert (made.applies_to.where, made.counts) == (("desk",), "beside")
    assert "bonus" in done(jixiao("scheme", "list", "-C", str(root)))


MISTAKES = {
    "taken file": (("desk",), 4, "such a file already"),
    "taken name": (("desk_monthly",), 4, "is taken"),
    "no name": (("Desk Two",), 4, "is not a name"),
    "no source": (("desk_two", "--from", "s02_cs_darft"), 9, "did you mean s02_cs_draft"),
}


@pytest.mark.parametrize(("words", "code", "what"), MISTAKES.values(), ids=MISTAKES)
def test_new_overwrites_nothing_and_leaves_nothing_behind(
    words: tuple[str, ...], code: int, what: str, root: Path
) -> None:
    before = files(root)
    given = words if "--from" in words else (*words, "--from", "desk")
    assert what in told(jixiao("scheme", "new", *given, "-C", str(root)), code)
    assert files(root) == before


def changed_scheme(root: Path) -> Path:
    """The desk's scheme with all its weight but 1 on the first answer: E1 answers in 20 s, NA in 60 s."""
    path = root / "changed.yaml"
    text = (root / tiny.SCHEME_YAML).read_text("utf-8").replace("weight: 40", "weight: 99")
    text = text.replace("metric: paid_amount, weight: 30", "metric: paid_amount, weight: 0.5")
    path.write_text(text.replace("product_knowledge, weight: 30", "product_knowledge, weight: 0.5"), "utf-8")
    return path


def test_simulate_shows_who_gains_and_who_loses_and_records_nothing(root: Path) -> None:
    path = changed_scheme(root)
    before = files(root)
    simulate = ("scheme", "simulate", str(path), "--periods", tiny.PERIOD, "--as-of", "2026-11-21", "-C", str(root))
    made = json.loads(done(jixiao(*simulate, "--json")))
    assert files(root) == before
    people = {each["employee"]: each for each in made["people"]}
    assert people["E1"]["result"] == "gains"
    assert people["NA"]["result"] == "loses"
    scores = json.loads(done(jixiao("show", "scores", tiny.PERIOD, "--json", "-C", str(root))))
    recorded = {each["employee"]: each["score"] for each in scores}
    assert {who: each["score before"] for who, each in people.items()} == recorded
    (month,) = made["periods"]
    assert month["people"] == 4
    assert month["gains"] + month["loses"] + month["same"] == 4
    assert "gains" in done(jixiao(*simulate))
    rows = list(csv.DictReader(io.StringIO(done(jixiao(*simulate, "--csv")))))
    assert {row["employee"] for row in rows} == set(people)


def test_simulate_reads_a_period_never_run_from_the_newest_snapshot(root: Path) -> None:
    simulate = (
        "scheme",
        "simulate",
        str(changed_scheme(root)),
        "--periods",
        "2026-09:2026-10",
        "--json",
        "-C",
        str(root),
    )
    made = json.loads(done(jixiao(*simulate, "--as-of", "2026-11-21")))
    assert [each["period"] for each in made["periods"]] == ["2026-09", "2026-10"]
    assert {each["period"] for each in made["people"]} == {"2026-09", "2026-10"}


def test_simulate_refuses_what_cannot_be_replayed(root: Path, tmp_path: Path) -> None:
    path = str(changed_scheme(root))
    assert "not a range" in told(jixiao("scheme", "simulate", path, "--periods", "2026-10:2026-09", "-C", str(root)), 6)
    assert "judges by month" in told(jixiao("scheme", "simulate", path, "--periods", "2026-Q3", "-C", str(root)), 6)
    fresh = tiny.build(tmp_path / "fresh")
    assert "nothing was ever run" in told(
        jixiao("scheme", "simulate", path, "--periods", "2026-10", "-C", str(fresh)), 9
    )


def sample(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return jixiao(
        "sample", tiny.PERIOD, "--scheme", "desk_monthly", "--size", "3", "--seed", "autumn", *more, "-C", str(root)
    )


def cells(path: Path) -> list[tuple[object, ...]]:
    return [row[:5] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def test_sample_draws_the_same_from_the_snapshot_and_before_the_first_run(root: Path, tmp_path: Path) -> None:
    said = done(sample(root))
    drawn = cells(root / "data" / "sheets" / f"{tiny.PERIOD}-desk_monthly.xlsx")
    assert len(drawn) == 1 + 3 * len(tiny.AGENTS)
    assert "M1" in said  # the manager talks to nobody
    assert {row[2] for row in drawn[1:]} == {f"acc-{who}" for who in tiny.AGENTS}
    assert not [cell for row in drawn for cell in row if str(cell).startswith("b-")]
    fresh = tiny.build(tmp_path / "fresh")
    done(sample(fresh, "--out", str(tmp_path / "again.xlsx")))
    assert cells(tmp_path / "again.xlsx") == drawn


def test_sample_overwrites_no_sheet_and_names_what_is_wrong(root: Path) -> None:
    done(sample(root))
    assert "such a sheet already" in told(sample(root), 4)
    error = told(jixiao("sample", tiny.PERIOD, "--scheme", "desk", "-C", str(root)), 9)
    assert "desk_monthly" in error
    early = jixiao("sample", "2020-01", "--scheme", "desk_monthly", "-C", str(root))
    assert "desk_monthly judges no period 2020-01" in told(early, 6)
    empty = jixiao("sample", "2026-03", "--scheme", "desk_monthly", "-C", str(root))
    assert "nobody under desk_monthly had a contact in 2026-03" in told(empty, 9)
