"""Every appraisal system S01-S27 ships: as schemes, or (S20, S21) as checks; the page says so."""

import re
import shutil
from pathlib import Path

import pytest

from flows import systems_reference
from flows.systems_reference import CHECKED, SCHEMES, SYSTEMS, System, systems
from transforms.errors import ConfigError

FOUND = {each.key: each for each in systems()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped schemes in a folder of their own."""
    return Path(shutil.copytree(SCHEMES, tmp_path / "schemes"))


def test_there_are_twenty_seven_systems() -> None:
    assert list(SYSTEMS) == [f"S{n:02}" for n in range(1, 28)]


@pytest.mark.parametrize("key", SYSTEMS)
def test_every_system_ships(key: str) -> None:
    assert FOUND[key].there


@pytest.mark.parametrize("key", SYSTEMS)
def test_a_reader_is_told_where_it_shows(key: str) -> None:
    assert systems_reference.shown(FOUND[key])


@pytest.mark.parametrize("key", sorted(CHECKED))
def test_checks_are_no_schemes(key: str) -> None:
    assert FOUND[key].checks
    assert not FOUND[key].schemes


def test_no_scheme_belongs_to_an_unknown_system() -> None:
    shipped = {path.name for path in SCHEMES.glob("*.yaml")}
    assert {name for each in FOUND.values() for name, _ in each.schemes} == shipped


def test_a_system_without_its_scheme_is_missed(folder: Path) -> None:
    for path in (folder / "s08_online_specialist.yaml", folder / "cases" / "s08_online_specialist.cases.yaml"):
        path.unlink()
    gone = [each.key for each in systems(folder) if not each.there]
    assert gone == ["S08"]


def test_a_system_of_checks_without_checks_is_missed() -> None:
    assert not System("S20", "Setting up", (), 5, ()).there


def test_cases_without_their_scheme_are_refused(folder: Path) -> None:
    (folder / "s08_online_specialist.yaml").unlink()
    with pytest.raises(ConfigError, match="the file is missing"):
        systems(folder)


def test_the_page_names_every_scheme_and_counts_its_cases() -> None:
    page = systems_reference.systems_page()
    (row,) = re.findall(r"^\| S04 \|.*$", page, re.MULTILINE)
    assert "[s04_four_factor_pk.yaml](../../config/schemes/s04_four_factor_pk.yaml) (trial, month)" in row
    assert f"| {FOUND['S04'].cases} |" in row
    assert len(re.findall(r"^\| S\d\d \|", page, re.MULTILINE)) == 27
