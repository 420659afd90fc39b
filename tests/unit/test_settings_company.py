"""A company's settings: read as written, and told what is wrong with file, line and field."""

from datetime import date, time
from pathlib import Path

import pytest

from flows.settings import load_company
from transforms.errors import ConfigError

NAME = "name: {zh-Hans: 试, en: Trial}\n"


def folder(root: Path, text: str) -> Path:
    (root / "config").mkdir()
    (root / "config" / "company.yaml").write_text(text, encoding="utf-8")
    return root


def test_settings_are_read_and_the_rest_has_its_default(tmp_path: Path) -> None:
    text = NAME + "measures: {duty_start: 08:30, pay_days: 3}\ncalendar: {holidays: [2026-10-01]}\n"
    text += "gate: {quarantine_limit_rate: 0.02}\n"
    company = load_company(folder(tmp_path, text))
    assert company.settings.measures.duty_start == time(8, 30)
    assert (company.settings.measures.pay_days, company.settings.measures.order_days) == (3, 1)
    assert company.settings.calendar.holidays == {date(2026, 10, 1)}
    assert company.settings.gate.quarantine_limit_rate == 0.02
    assert (company.settings.time_zone, company.config) == ("Asia/Shanghai", tmp_path / "config")


MISTAKES = {
    "an unknown key": (NAME + "measure: {}\n", 2, "measure", "unknown key 'measure'", "did you mean 'measures'?"),
    "an unknown key further down": (
        NAME + "measures:\n  pay_dayz: 3\n", 3, "measures.pay_dayz", "unknown key 'pay_dayz'",
        "did you mean 'pay_days'?"),
    "a word that is not allowed": (
        NAME + "delivery: {kind: smpt}\n", 2, "delivery.kind", "'smpt' is not allowed for kind",
        "did you mean 'smtp'? allowed: folder, smtp"),
    "text in a number": (NAME + "delivery: {port: ten}\n", 2, "delivery.port", "port is 'ten'", "a whole number"),
    "a day that does not exist": (
        NAME + "calendar:\n  holidays:\n    - 2026-02-30\n", 4, "calendar.holidays[0]", "holidays is '2026-02-30'",
        "2026-01-31"),
    "no name": ("currency: CNY\n", 1, "name", "the key 'name' is missing", "add name"),
    "a time zone there is not": (
        NAME + "time_zone: Asia/Shangai\n", 2, "time_zone", "'Asia/Shangai' is not a time zone",
        "did you mean 'Asia/Shanghai'?"),
    "a list for a mapping": (NAME + "gate: [1]\n", 2, "gate", "gate is a list", "a mapping (key: value)"),
    "a number below its minimum": (
        NAME + "documents:\n  workers: 0\n", 3, "documents.workers", "workers is '0'", "greater than or equal to 1"),
    "a key written twice": (NAME + "currency: CNY\ncurrency: EUR\n", 3, "currency", "written twice", "keep one"),
    "not YAML": (NAME + "currency: [CNY\n", 3, None, "not YAML", "check indentation"),
    "a tab": (NAME + "gate:\n\tx: 1\n", 3, None, "not YAML", "no tabs"),
    "an object of another program": (
        NAME + "currency: !!python/name:os.system x\n", 2, None, "the tag", "remove the tag"),
    "an anchor that contains itself": ("name: &a [*a]\n", 1, None, "contains itself", "write the value out"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "field", "told", "todo"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, text: str, line: int, field: str | None, told: str, todo: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_company(folder(tmp_path, text))
    error = caught.value
    assert (error.where.file, error.where.line, error.where.field) == (
        str(tmp_path / "config" / "company.yaml"), line, field,
    )  # fmt: skip
    assert told in error.what
    assert todo in error.todo


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    folder(tmp_path, NAME)
    (tmp_path / "config" / "company.yaml").write_bytes(
        b"currency: CNY\nname: {zh-Hans: " + "试".encode("gb18030") + b"}\n"
    )
    with pytest.raises(ConfigError, match="the file is not UTF-8 — save it as UTF-8") as caught:
        load_company(tmp_path)
    assert caught.value.where.line == 2


def test_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the file is empty"):
        load_company(folder(tmp_path, "# nothing yet\n"))


def test_no_folder_and_no_company_in_it_lead_to_init(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder — run `jixiao init`"):
        load_company(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="this is not a company folder: the file is missing — run `jixiao init`"):
        load_company(tmp_path)
