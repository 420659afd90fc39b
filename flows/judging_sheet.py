"""The workbook a sample is judged in: a row a contact, an aspect a column, chosen from a list; no buyer, no name.

It comes back as the table `qa_checks` through the source in docs/runbook.md, "Judging a sample".
"""

from datetime import date
from pathlib import Path
from typing import Any

from flows.judging import Sample
from transforms.errors import ConfigError, Place
from transforms.sampling import Contact, ticket

ASPECTS = ("态度 attitude", "及时 timeliness", "专业 professionalism")
PASSED, FAILED = "合格 passed", "不合格 failed"
_HEAD = ("质检编号 check", "店铺 shop", "账号 account", "服务时间 handled at", "会话或工单 contact", *ASPECTS,
         "质检日期 judged on")  # fmt: skip
_WIDTHS = (18, 14, 22, 20, 26, 18, 18, 22, 18)
_STANDARDS = (
    ("态度 attitude", "礼貌、耐心,无指责与推诿 / polite and patient, no blame, no passing on"),
    (
        "及时 timeliness",
        "30 秒内(含打字 60 秒内)回应,升级按时处理 / answered within 30 s (60 s with typing), escalations in time",
    ),
    (
        "专业 professionalism",
        "答复正确、完整,未因答错引起投诉 / right and complete; no complaint caused by a wrong answer",
    ),
)
_NUMBER_DIGITS = 10


def write(sample: Sample, path: Path, on: date) -> None:
    """Write the workbook. `on`: the day that stands as the day of judging until somebody changes it.

    Raises:
        ConfigError: there is a file already; somebody may have judged in it.
    """
    import openpyxl  # takes a third of a second

    if path.exists():
        raise ConfigError("there is such a sheet already", where=Place(str(path)), todo="move it away, or give --out")
    book = openpyxl.Workbook()
    _fill(book.worksheets[0], sample, on)
    _explain(book.create_sheet("说明 notes"), sample)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _fill(sheet: Any, sample: Sample, on: date) -> None:
    sheet.title = "抽检 sample"
    _append(sheet, _HEAD)
    for contact in sorted(sample.contacts, key=lambda each: (each.handled_at, each)):
        _append(sheet, _row(contact, sample, on))
    _offer_choices(sheet, len(sample.contacts) + 1)
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width


def _row(contact: Contact, sample: Sample, on: date) -> tuple[str, ...]:
    """The number is made of the draw, so that the same contact has the same number in a sheet drawn again."""
    number = f"QA-{ticket(contact, sample.seed)[:_NUMBER_DIGITS]}"
    handled = contact.handled_at.strftime("%Y-%m-%d %H:%M:%S")
    blank = ("",) * len(ASPECTS)
    return (number, contact.shop_id, contact.account_id, handled, contact.contact_id, *blank, on.isoformat())


def _append(sheet: Any, cells: tuple[str, ...]) -> None:
    """As text, whatever it looks like: an id that begins with = is no formula."""
    row = sheet.max_row + (1 if sheet.max_row > 1 or sheet["A1"].value is not None else 0)
    for column, text in enumerate(cells, start=1):
        if text:
            cell = sheet.cell(row, column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"


def _offer_choices(sheet: Any, last_row: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = DataValidation(type="list", formula1=f'"{PASSED},{FAILED}"', allow_blank=True)
    choices.error, choices.showErrorMessage = f"{PASSED} / {FAILED}", True
    sheet.add_data_validation(choices)
    first = _HEAD.index(ASPECTS[0]) + 1
    choices.add(f"{chr(64 + first)}2:{chr(63 + first + len(ASPECTS))}{last_row}")


def _explain(sheet: Any, sample: Sample) -> None:
    """How the sample was drawn, so that anybody can draw it again, and what is asked for."""
    applies = sample.scheme.applies_to
    facts = (
        ("方案 scheme", sample.scheme.scheme), ("期间 window", sample.window.key),
        ("部门 departments", ", ".join(applies.where)), ("每人抽取 size", str(sample.size)),
        ("种子 seed", sample.seed), ("人数 people", str(len(sample.people))),
        ("可抽取 contacts", str(sum(sample.people.values()))), ("已抽取 drawn", str(len(sample.contacts))),
    )  # fmt: skip
    for each in (*facts, *_STANDARDS):
        _append(sheet, each)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
