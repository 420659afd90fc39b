"""Workbooks as the contract of `flows.sheets.layout` says, made by hand for tests of what comes back."""

import hashlib
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from flows import wiring
from flows.sheets.layout import FIRST_ROW, HIDDEN, LAYOUT, TABS, as_json, place, row_code
from flows.sheets.model import SHEET, Made
from flows.warehouse import journal
from flows.warehouse.journal import Draft

TITLES = {"judgements": "评分", "targets": "目标", "events": "记录", "exams": "考试", "attendance": "考勤"}
MADE_AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 3, 4, tzinfo=UTC)  # noon in Shanghai
CHOICES = {
    "people": {"E1 艾": {"employee_id": "E1"}, "E2 贝": {"employee_id": "E2"}},
    "subjects": {"E1 艾": {"employee_id": "E1"}, "Desk": {"department_id": "desk"}},
    "event_kinds": {"表扬": {"kind": "praise"}, "订单差错": {"kind": "order_error"}},
    "attendance_kinds": {"请假": {"kind": "leave"}, "出勤": {"kind": "present"}},
}
BLANK = {"events": 3, "exams": 3, "attendance": 3}


def code(employee, role="manager", indicator="product_knowledge"):
    return row_code(employee, indicator, role)


def asked(rater, *people, role="manager", indicator="product_knowledge"):
    """Rows that ask a rater to judge people."""
    return [
        (code(each, role, indicator),
         {"employee_id": each, "indicator": indicator, "period": "2026-10", "rater_id": rater, "role": role})
        for each in people
    ]  # fmt: skip


def target(subject, metric="paid_amount", factor="100"):
    keys = {"level": "employee", "subject_id": subject, "metric": metric, "period": "2026-11", "factor": factor}
    return row_code("employee", subject, metric), keys


def blanks(tab):
    return [(f"{tab}-{number}", {}) for number in range(1, BLANK[tab] + 1)]


def workbook(tabs, cells=(), *, change=lambda _book: None, **head):
    """Bytes of a workbook. `tabs`: (code, keys) by tab; `cells`: (tab, row from 0, column, value)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    hidden = book.create_sheet(HIDDEN)
    told = {
        "sheet": "2026-10/M1", "period": "2026-10", "company": "小店", "kind": "rater", "for": "M1", "department": "",
        "made_at": MADE_AT.isoformat(), "layout": LAYOUT,
    } | head  # fmt: skip
    for name, value in told.items():
        hidden.append(["head", name, value])
    for tab, rows in tabs.items():
        _tab(book, hidden, tab, rows)
    for name, choices in CHOICES.items():
        for label, value in choices.items():
            hidden.append(["choice", name, label, None, as_json(value)])
    for tab, row, column, value in cells:
        book[TITLES[tab]].cell(FIRST_ROW + row, place(tab, column)).value = value
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tab(book, hidden, tab, rows):
    sheet = book.create_sheet(TITLES[tab])
    sheet.append([TITLES[tab]])
    sheet.append([column.title.zh_hans for column in TABS[tab]])
    hidden.append(["tab", tab, TITLES[tab], FIRST_ROW, FIRST_ROW + len(rows) - 1])
    for number, (told, keys) in enumerate(rows, FIRST_ROW):
        sheet.append([told, *(keys.get(column.name) for column in TABS[tab][1:])])
        hidden.append(["row", tab, told, number, as_json(keys)])


def judged(rater, people, scores, **head):
    """A rater's sheet with scores by person."""
    cells = [("judgements", people.index(who), "score", score) for who, score in scores.items()]
    return workbook({"judgements": asked(rater, *people)}, cells, **head)


def drop(company, content, name="M1.xlsx", at=None) -> Path:
    """Put a workbook into the drop folder."""
    path = company.root / company.settings.sheets.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if at is not None:
        os.utime(path, (at, at))
    return path


def say_made(
    company, content=b"", sheet="2026-10/M1", made_for="M1", rows=(), kind="rater", path="data/sheets/out/M1.xlsx"
):
    """The journal's entry that a workbook was made."""
    entry = Made(
        sheet=sheet, kind=kind, made_for=made_for, path=path, sha256=hashlib.sha256(content).hexdigest(),
        layout=LAYOUT, rows=tuple(rows),
    )  # fmt: skip
    journal.append(wiring.ledger(company), [Draft("2026-10", SHEET, sheet, entry, "HR")], MADE_AT)
