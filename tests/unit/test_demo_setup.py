"""Making the demo's company folder: once, again, with another scale, on a bad scale; and damaging it on purpose."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from flows.demo.faults import plant_critical
from flows.demo.generate import INBOX, MANIFEST
from flows.demo.setup import SHIPPED_CONFIG, create
from flows.settings import load_company
from flows.sources import load_sources
from transforms.errors import ConfigError, StorageError


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create(tmp_path_factory.mktemp("fresh") / "demo", scale=0.01).root


@pytest.fixture
def demo(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "demo"))


def test_the_folder_is_a_company_with_its_sources(demo: Path) -> None:
    company = load_company(demo)
    assert company.settings.name.en == "Luming Trading (demo)"
    assert {source.name for source in load_sources(company)} == {
        "tmall",
        "jd",
        "office",
        "people",
        "helpdesk",
        "warehouse",
        "presence",
        "quality",
        "work",
        "hr_records",
        "finance",
    }


def test_a_second_time_makes_nothing(demo: Path) -> None:
    written = (demo / MANIFEST).stat().st_mtime_ns
    again = create(demo, scale=0.01)
    assert not again.created
    assert (demo / MANIFEST).stat().st_mtime_ns == written


def test_another_scale_makes_the_exports_anew_and_keeps_the_configuration(demo: Path) -> None:
    (demo / "config" / "company.yaml").write_text("name: {zh-Hans: 我的公司}\n", encoding="utf-8")
    (demo / INBOX / "orders" / "tm" / "mine.csv").write_text("x\n", encoding="utf-8")
    again = create(demo, scale=0.015)
    assert again.created
    assert load_company(demo).settings.name.zh_hans == "我的公司"
    assert not (demo / INBOX / "orders" / "tm" / "mine.csv").exists()


@pytest.mark.parametrize("scale", [0.0, -1.0, 0.001, 1000.0, float("nan")])
def test_a_scale_that_makes_no_company_is_refused(tmp_path: Path, scale: float) -> None:
    with pytest.raises(ConfigError, match="makes no company"):
        create(tmp_path / "demo", scale=scale)
    assert not (tmp_path / "demo").exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        create(tmp_path / "file" / "demo", scale=0.01)


def test_shipped_configuration_names_no_machine() -> None:
    for path in SHIPPED_CONFIG.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(tmp|home|root|work)/", text), path


@pytest.mark.parametrize("kind", ["duplicated_employee", "broken_roster_row"])
def test_a_damaged_roster_has_one_row_more(demo: Path, kind: str) -> None:
    path = demo / plant_critical(demo, kind)
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + 73 + 1


def test_empty_and_missing_orders(demo: Path) -> None:
    plant_critical(demo, "empty_orders")
    assert (demo / INBOX / "orders/tm/2026-10.csv").read_bytes().count(b"\n") == 1
    plant_critical(demo, "no_orders_file")
    assert not list((demo / INBOX / "orders").rglob("*.csv"))


def test_an_unknown_damage_is_refused(demo: Path) -> None:
    with pytest.raises(ValueError, match="duplicated_employee"):
        plant_critical(demo, "nonsense")
