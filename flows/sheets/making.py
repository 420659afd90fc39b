"""Workbooks going out: one for every rater, and one for every department's manager."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows import wiring
from flows.company import Company
from flows.rendering.formats import Formats
from flows.schemes import load_schemes
from flows.sheets import tabs
from flows.sheets.beside import event_titles
from flows.sheets.dues import Dues, due_days_of
from flows.sheets.expected import Asked, Expected, Shortfall, expected, in_role
from flows.sheets.layout import LAYOUT
from flows.sheets.made import last_made
from flows.sheets.model import SHEET, Made
from flows.sheets.raters import load_raters
from flows.sheets.situation import Situation, following, situation
from flows.sheets.words import DUES, DUES_OF, HEADINGS, NOBODY, NOTES_OF_DEPARTMENT, NOTES_OF_RATER
from flows.sheets.words import TABS as TITLES
from flows.sheets.workbook import Choice, Sheet, Tab, write
from flows.warehouse import journal
from flows.warehouse.journal import Draft
from flows.warehouse.snapshot_disk import reported
from transforms.errors import NotFoundError
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.indicators import judged_by
from transforms.titles import Title
from transforms.wording import told

_OTHER = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Workbook:
    """What became of one workbook. `asked`: judgements in it; `is_new`: False where it was there and stayed."""

    sheet: str
    made_for: str
    path: Path
    asked: int
    is_new: bool


@dataclass(frozen=True)
class Outcome:
    """The workbooks, and for whom raters are missing."""

    workbooks: tuple[Workbook, ...]
    shortfalls: tuple[Shortfall, ...]


@dataclass(frozen=True)
class _Ground:
    """What all workbooks of a period are made of."""

    company: Company
    period: Period
    seen: Situation
    schemes: tuple[Scheme, ...]
    owed: Expected
    at: datetime

    @property
    def formats(self) -> Formats:
        """Numbers and titles in the company's language."""
        settings = self.company.settings
        return Formats(settings.documents.locale, settings.currency)


def make(
    company: Company, period: Period, at: datetime, *, rater: str = "", out: Path | None = None, again: bool = False,
    by: str = "jixiao",
) -> Outcome:  # fmt: skip
    """Make the workbooks of a period; one that is there stays as it is, somebody may have judged in it.

    `rater`: only this one's. `again`: make those that are there anew; the old ones are kept with a number. `at`: UTC.

    Raises:
        NotFoundError: the rater owes nothing, or nobody does.
        StorageError: the folder cannot be written.
    """
    seen = situation(company, period)
    schemes = load_schemes(company)
    owed = expected(seen.book, schemes, load_raters(company), due_days_of(company))
    ground = _Ground(company, period, seen, schemes, owed, at)
    sheets = [
        each for each in _sheets(ground) if not rater or (each.head["for"] == rater and each.head["kind"] == "rater")
    ]
    if not sheets:
        raise _nothing(period, rater)
    folder = out or company.data / "sheets" / "out" / period.key
    with reported(folder):
        made = tuple(_settle(ground, sheet, folder, again=again, by=by) for sheet in sheets)
    return Outcome(made, owed.shortfalls)


def _nothing(period: Period, rater: str) -> NotFoundError:
    whom = f"{rater} judges nobody" if rater else "no scheme asks anybody for a judgement"
    todo = f"jixiao sheets status {period.key} lists who does; config/raters.yaml can name more raters"
    return NotFoundError(f"{whom} in {period.key}", todo=todo)


def _settle(ground: _Ground, sheet: Sheet, folder: Path, *, again: bool, by: str) -> Workbook:
    """Write one workbook unless it is there, and its entry of the journal unless that is there."""
    engine = wiring.ledger(ground.company)
    path, codes = folder / f"{file_stem(sheet.head['sheet'])}.xlsx", _codes(sheet)
    is_new = again or not path.exists()
    if is_new:
        _keep_old(path)
        write(sheet, path)
    if is_new or last_made(engine, ground.period.key, sheet.head["sheet"]) is None:
        journal.append(engine, [_entry(ground, sheet, path, codes, by)], ground.at)
    return Workbook(sheet.head["sheet"], sheet.head["for"], path, len(codes), is_new)


def _codes(sheet: Sheet) -> tuple[str, ...]:
    return tuple(row.code for tab in sheet.tabs if tab.key == "judgements" for row in tab.rows)


def _entry(ground: _Ground, sheet: Sheet, path: Path, codes: tuple[str, ...], by: str) -> Draft:
    inside = path.resolve().is_relative_to(ground.company.root)
    made = Made(
        sheet=sheet.head["sheet"], kind="rater" if sheet.head["kind"] == "rater" else "department",
        made_for=sheet.head["for"], layout=LAYOUT, rows=codes,
        path=str(path.resolve().relative_to(ground.company.root) if inside else path.resolve()),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )  # fmt: skip
    return Draft(ground.period.key, SHEET, made.sheet, made, by)


def _keep_old(path: Path) -> None:
    """Give the workbook that is there the next free number."""
    if path.exists():
        free = next(n for n in range(1, 10_000) if not path.with_stem(f"{path.stem}.{n}").exists())
        path.rename(path.with_stem(f"{path.stem}.{free}"))


def file_stem(sheet: str) -> str:
    """The name of a sheet's file: what follows the period; an id with other characters gets a hash."""
    name = sheet.partition("/")[2]
    plain = _OTHER.sub("_", name)
    return name if plain == name else f"{plain}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def sheet_id(period: Period, name: str) -> str:
    """The id of a sheet: `2026-10/E1001`."""
    return f"{period.key}/{name}"


def _sheets(ground: _Ground) -> Iterator[Sheet]:
    asked: dict[str, list[Asked]] = {}
    for each in ground.owed.asked:
        asked.setdefault(each.rater_id, []).append(each)
    titles = event_titles(ground.schemes, ground.period)
    anonymous = _anonymous(ground.schemes, ground.period)
    yield from (_of_rater(ground, rater, mine, titles, anonymous) for rater, mine in asked.items())
    yield from (_of_department(ground, each) for each in _departments(ground))


def _anonymous(schemes: Iterable[Scheme], period: Period) -> frozenset[tuple[str, str]]:
    """Judged lines with a role whose raters are not named: their mean of last period is nobody's to see."""
    placed = (
        (scheme.scheme, version, line)
        for scheme in schemes
        if (window := scheme.window(period)) and (version := scheme.in_force(window.start))
        for _, _, line in version.placed()
    )
    return frozenset(
        (key, line.key) for key, version, line in placed if line.manual and judged_by(line, version).anonymous
    )


def _of_rater(
    ground: _Ground, rater: str, mine: Sequence[Asked], titles: Mapping[str, Title],
    anonymous: frozenset[tuple[str, str]],
) -> Sheet:  # fmt: skip
    rows = tabs.judgement_rows(mine, ground.seen, titles, anonymous, ground.formats)
    name = ground.seen.name(rater)
    parts = _parts(ground, name, rater) | {
        "people": str(len({each.employee_id for each in mine})), "asked": str(len(mine)),
        "tab": TITLES["judgements"].in_locale(ground.formats.locale), "dues": _dues(ground, mine),
    }  # fmt: skip
    head = _head(ground, sheet_id(ground.period, rater), "rater", rater, "")
    return _sheet(ground, head, [Tab("judgements", _heading(ground, "judgements", name), rows)], NOTES_OF_RATER, parts)


def _departments(ground: _Ground) -> tuple[str, ...]:
    """Departments with people whom a scheme of the period judges."""
    where = {each for scheme in ground.schemes if scheme.window(ground.period) for each in scheme.applies_to.where}
    return tuple(sorted(each for each in where if tabs.people(ground.seen, each)))


def _of_department(ground: _Ground, department: str) -> Sheet:
    seen, locale = ground.seen, ground.formats.locale
    managers = in_role(seen.book, ground.period, department, "manager")
    made_for = next(iter((*managers, *ground.company.settings.officers.hr)), "")
    title = seen.department(department).in_locale(locale)
    own = tuple(each for each in ground.schemes if department in each.applies_to.where)
    choices = tabs.department_choices(seen, department, event_titles(own, ground.period), locale)
    made = {
        "targets": tabs.target_rows(seen, own, department, locale),
        "events": tabs.blank_rows("event", tabs.EVENT_ROWS) if choices["event_kinds"] else (),
        "exams": tabs.exam_rows(seen, department),
        "attendance": tabs.blank_rows("attendance", tabs.ATTENDANCE_ROWS),
    }
    name = f"department-{department}"
    parts = _parts(ground, seen.name(made_for) if made_for else NOBODY.in_locale(locale), made_for or "-")
    parts["dues"] = _dues(ground, [each for each in ground.owed.asked if each.department_id == department])
    head = _head(ground, sheet_id(ground.period, name), "department", made_for, department)
    pages = [Tab(key, _heading(ground, key, title), rows) for key, rows in made.items() if rows]  # type: ignore[arg-type]
    return _sheet(ground, head, pages, NOTES_OF_DEPARTMENT, parts, choices)


def _head(ground: _Ground, sheet: str, kind: str, made_for: str, department: str) -> dict[str, str]:
    return {
        "sheet": sheet, "period": ground.period.key, "company": ground.company.settings.name.zh_hans, "kind": kind,
        "for": made_for, "department": department, "made_at": ground.at.astimezone(UTC).isoformat(), "layout": LAYOUT,
    }  # fmt: skip


def _sheet(
    ground: _Ground, head: Mapping[str, str], pages: Sequence[Tab], notes: Iterable[tuple[Title, Title]],
    parts: Mapping[str, str], choices: Mapping[str, tuple[Choice, ...]] | None = None,
) -> Sheet:  # fmt: skip
    locale = ground.formats.locale
    shown = {key.in_locale(locale) for tab in pages for key in (TITLES[tab.key],)}
    others = {title.in_locale(locale) for title in TITLES.values()} - shown
    said = ((label.in_locale(locale), told(words, **parts).in_locale(locale)) for label, words in notes)
    company = ground.company.settings.name.in_locale(locale)
    return Sheet(
        head=head, period=ground.period, locale=locale, title=f"{company} · {pages[0].heading if pages else ''}",
        notes=tuple((label, words) for label, words in said if label not in others), tabs=tuple(pages),
        choices=choices or {},
    )  # fmt: skip


def _heading(ground: _Ground, tab: str, name: str) -> str:
    shown = {"period": ground.formats.period(ground.period.key), "next": _next(ground), "name": name}
    return told(HEADINGS[tab], **shown).in_locale(ground.formats.locale)


def _next(ground: _Ground) -> str:
    return ground.formats.period(following(ground.period).key)


def _parts(ground: _Ground, name: str, number: str) -> dict[str, str]:
    told_of = ground.seen.told_of
    return {
        "name": name, "number": number, "folder": ground.company.settings.sheets.folder, "next": _next(ground),
        "told_of": ground.formats.period(told_of) if told_of else "–",
    }  # fmt: skip


def _dues(ground: _Ground, asked: Sequence[Asked]) -> str:
    """When the sheets are due; where schemes differ, a line a calendar with what it is for."""
    by_dues: dict[Dues, list[Title]] = {}
    for each in asked:
        by_dues.setdefault(each.dues, []).append(each.title)
    if len(by_dues) == 1:
        return _due_words(ground, next(iter(by_dues)))
    return "\n".join(
        told(DUES_OF, title=_listed(ground, titles), dues=_due_words(ground, dues)).in_locale(ground.formats.locale)
        for dues, titles in sorted(by_dues.items(), key=lambda item: item[0])
    )


def _listed(ground: _Ground, titles: Sequence[Title]) -> str:
    names = list(dict.fromkeys(title.in_locale(ground.formats.locale) for title in titles))
    most = 4
    return "、".join(names[:most]) + ("…" if len(names) > most else "")


def _due_words(ground: _Ground, dues: Dues) -> str:
    days = {name: ground.formats.day(getattr(dues, name)) for name in ("out", "back", "summary", "finance")}
    return told(DUES, **days).in_locale(ground.formats.locale)
