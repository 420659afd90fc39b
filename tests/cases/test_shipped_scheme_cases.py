"""Every shipped scheme comes out as its cases say, sentence by sentence."""

from collections import Counter
from pathlib import Path

import pytest

from flows.scheme_cases import CaseFile, run_cases, scheme_file
from flows.systems_reference import SYSTEMS
from flows.yaml_files import validate
from transforms.errors import ConfigError

SCHEMES = Path("config/schemes")
FILES = sorted((SCHEMES / "cases").glob("*.cases.yaml"))
RUN = [(path.name, each) for path in FILES for each in run_cases(path)]
RESULTS = {f"{name}: {each.case}": each for name, each in RUN}


@pytest.mark.parametrize("name", RESULTS)
def test_case(name: str) -> None:
    result = RESULTS[name]
    assert result.holds, f"{result.sentence} But {'; '.join(result.differences)}"


def test_no_two_cases_of_a_file_have_the_same_name() -> None:
    assert len(RESULTS) == len(RUN)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_ships_at_least_five_cases(system: str) -> None:
    assert Counter(each.source for _, each in RUN)[system] >= 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_case_file_is_an_orphan(path: Path) -> None:
    assert scheme_file(path, validate(CaseFile, path)).exists()


def test_every_scheme_has_cases() -> None:
    tried = {scheme_file(path, validate(CaseFile, path)).name for path in FILES}
    assert tried >= {path.name for path in SCHEMES.glob("*.yaml")}


def copied(folder: Path, change: tuple[str, str]) -> Path:
    """The logistics scheme and its cases in a folder of their own, the cases changed."""
    (folder / "cases").mkdir()
    (folder / "s01_logistics.yaml").write_bytes((SCHEMES / "s01_logistics.yaml").read_bytes())
    told = (SCHEMES / "cases" / "s01_logistics.cases.yaml").read_text(encoding="utf-8")
    path = folder / "cases" / "s01_logistics.cases.yaml"
    path.write_text(told.replace(*change), encoding="utf-8")
    return path


def test_a_case_that_does_not_hold_says_what_came_out(tmp_path: Path) -> None:
    results = run_cases(copied(tmp_path, ("score: 82.47", "score: 82.48")))
    (wrong,) = [each for each in results if not each.holds]
    assert wrong.differences == ("score is 82.47, not 82.48",)
    assert "given On-time shipping 95.5%" in wrong.sentence
    assert "the card shows 82.47 (Good)" in wrong.sentence


def test_a_case_of_an_indicator_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the scheme has no indicator csat_rate"):
        run_cases(copied(tmp_path, ("on_time_shipping_rate: no data", "csat_rate: no data")))


def test_cases_of_a_day_before_the_first_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="name the scheme beside them, and a day it was in force"):
        run_cases(copied(tmp_path, ("in_force_on: 2026-10-01", "in_force_on: 2024-10-01")))
