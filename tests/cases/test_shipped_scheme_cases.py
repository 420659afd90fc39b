"""Every shipped scheme comes out as its cases say, sentence by sentence."""

from pathlib import Path

import pytest

from flows.scheme_cases import run_cases
from flows.schemes import load_scheme
from transforms.errors import ConfigError

SCHEMES = Path("config/schemes")
FILES = sorted((SCHEMES / "cases").glob("*.cases.yaml"))
RESULTS = {f"{each.scheme}: {each.case}": each for path in FILES for each in run_cases(path)}


@pytest.mark.parametrize("name", RESULTS)
def test_case(name: str) -> None:
    result = RESULTS[name]
    assert result.holds, f"{result.sentence} But {'; '.join(result.differences)}"


@pytest.mark.parametrize("scheme", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scheme_ships_at_least_five_cases(scheme: Path) -> None:
    name = load_scheme(scheme).scheme
    assert sum(result.scheme == name for result in RESULTS.values()) >= 5


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
    assert "on_time_shipping_rate 0.955" in wrong.sentence
    assert "the card shows 82.47 (good)" in wrong.sentence


def test_a_case_of_an_indicator_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the scheme has no indicator csat_rate"):
        run_cases(copied(tmp_path, ("on_time_shipping_rate: no data", "csat_rate: no data")))


def test_cases_of_a_day_before_the_first_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="name the scheme beside them, and a day it was in force"):
        run_cases(copied(tmp_path, ("in_force_on: 2026-10-01", "in_force_on: 2024-10-01")))
