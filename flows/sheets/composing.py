"""What each workbook of a period says: a rater's judgements, a department's tabs, and the notes before them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.company import Company
from flows.rendering.formats import Formats
from flows.sheets import tabs
from flows.sheets.beside import event_titles
from flows.sheets.dues import Dues
from flows.sheets.expected import Asked, Expected, in_role
from flows.sheets.layout import LAYOUT, TabKey
from flows.sheets.model import sheet_id
from flows.sheets.situation import Situation, following
from flows.sheets.words import DUES, DUES_OF, HEADINGS, NOBODY, NOTES_OF_DEPARTMENT, NOTES_OF_RATER, OF_DEPARTMENT
from flows.sheets.words import TABS as TITLES
from flows.sheets.workbook import Choice, Row, Sheet, Tab
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.indicators import judged_by
from transforms.titles import Title
from transforms.wording import joined, told

_MOST_TITLES = 4


@dataclass(frozen=True)
class Ground:
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

    def say(self, words: Title, **parts: Title | str) -> str:
        """A title in the company's language; with parts it is a template."""
        return (told(words, **parts) if parts else words).in_locale(self.formats.locale)


def of_raters(ground: Ground, rater: str = "") -> Iterator[Sheet]:
    """A workbook for everybody who owes judgements, or for one of them."""
    asked: dict[str, list[Asked]] = {}
    for each in ground.owed.asked:
        if rater in {"", each.rater_id}:
            asked.setdefault(each.rater_id, []).append(each)
    titles, anonymous = event_titles(ground.schemes, ground.period), _anonymous(ground.schemes, ground.period)
    for who, mine in asked.items():
        yield _of_rater(ground, who, mine, tabs.judgement_rows(mine, ground.seen, titles, anonymous, ground.formats))


def of_departments(ground: Ground) -> Iterator[Sheet]:
    """A workbook for every department with people whom a scheme of the period judges."""
    where = {each for scheme in ground.schemes if scheme.window(ground.period) for each in scheme.applies_to.where}
    return (_of_department(ground, each) for each in sorted(where) if tabs.people(ground.seen, each))


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


def _of_rater(ground: Ground, rater: str, mine: Sequence[Asked], rows: tuple[Row, ...]) -> Sheet:
    name = ground.seen.name(rater)
    parts = _parts(ground, name, rater) | {
        "people": str(len({each.employee_id for each in mine})), "asked": str(len(mine)),
        "tab": ground.say(TITLES["judgements"]), "dues": _dues(ground, mine),
    }  # fmt: skip
    heading = _heading(ground, HEADINGS["judgements"], name)
    head = _head(ground, rater, made_for=rater)
    return _sheet(ground, head, heading, (Tab("judgements", heading, rows),), _notes(ground, NOTES_OF_RATER, parts))


def _of_department(ground: Ground, department: str) -> Sheet:
    managers = in_role(ground.seen.book, ground.period, department, "manager")
    made_for = next(iter((*managers, *ground.company.settings.officers.hr)), "")
    own = tuple(each for each in ground.schemes if department in each.applies_to.where)
    offered = tabs.department_choices(
        ground.seen, department, event_titles(own, ground.period), ground.formats.locale
    )  # fmt: skip
    title = ground.say(ground.seen.department(department))
    pages = tuple(_pages(ground, own, department, title, events=bool(offered["event_kinds"])))
    parts = _parts(ground, ground.seen.name(made_for) if made_for else ground.say(NOBODY), made_for or "–")
    parts["dues"] = _dues(ground, [each for each in ground.owed.asked if each.department_id == department])
    absent = {ground.say(each) for each in TITLES.values()} - {ground.say(TITLES[tab.key]) for tab in pages}
    notes = tuple(note for note in _notes(ground, NOTES_OF_DEPARTMENT, parts) if note[0] not in absent and note[1])
    head = _head(ground, f"department-{department}", made_for=made_for, department=department)
    return _sheet(ground, head, _heading(ground, OF_DEPARTMENT, title), pages, notes, offered)


def _pages(ground: Ground, schemes: Sequence[Scheme], department: str, title: str, *, events: bool) -> Iterator[Tab]:
    """The tabs of a department that have a row."""
    made: dict[TabKey, tuple[Row, ...]] = {
        "targets": tabs.target_rows(ground.seen, schemes, department, ground.formats.locale),
        "events": tabs.blank_rows("event", tabs.EVENT_ROWS) if events else (),
        "exams": tabs.exam_rows(ground.seen, department),
        "attendance": tabs.blank_rows("attendance", tabs.ATTENDANCE_ROWS),
    }
    return (Tab(key, _heading(ground, HEADINGS[key], title), rows) for key, rows in made.items() if rows)


def _head(ground: Ground, name: str, *, made_for: str, department: str = "") -> dict[str, str]:
    return {
        "sheet": sheet_id(ground.period, name), "period": ground.period.key,
        "company": ground.company.settings.name.zh_hans, "kind": "department" if department else "rater",
        "for": made_for, "department": department, "made_at": ground.at.astimezone(UTC).isoformat(), "layout": LAYOUT,
    }  # fmt: skip


def _sheet(
    ground: Ground, head: Mapping[str, str], heading: str, pages: tuple[Tab, ...], notes: tuple[tuple[str, str], ...],
    choices: Mapping[str, tuple[Choice, ...]] | None = None,
) -> Sheet:  # fmt: skip
    return Sheet(
        head=head, period=ground.period, locale=ground.formats.locale, notes=notes, tabs=pages, choices=choices or {},
        title=f"{ground.say(ground.company.settings.name)} · {heading}",
    )  # fmt: skip


def _notes(
    ground: Ground, notes: Iterable[tuple[Title, Title]], parts: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    return tuple((ground.say(label), ground.say(words, **parts)) for label, words in notes)


def _heading(ground: Ground, words: Title, name: str) -> str:
    return ground.say(words, period=ground.formats.period(ground.period.key), next=_next(ground), name=name)


def _next(ground: Ground) -> str:
    return ground.formats.period(following(ground.period).key)


def _parts(ground: Ground, name: str, number: str) -> dict[str, str]:
    told_of = ground.seen.told_of
    return {
        "name": name, "number": number, "folder": ground.company.settings.sheets.folder, "next": _next(ground),
        "told_of": ground.formats.period(told_of) if told_of else "–",
    }  # fmt: skip


def _dues(ground: Ground, asked: Sequence[Asked]) -> str:
    """When the sheets are due; where schemes differ, a line a calendar with what it is for."""
    by_dues: dict[Dues, list[Title]] = {}
    for each in asked:
        by_dues.setdefault(each.dues, []).append(each.title)
    if len(by_dues) == 1:
        return _due_words(ground, next(iter(by_dues)))
    lines = ((_listed(ground, by_dues[dues]), _due_words(ground, dues)) for dues in sorted(by_dues))
    return "\n".join(ground.say(DUES_OF, title=title, dues=words) for title, words in lines)


def _listed(ground: Ground, titles: Sequence[Title]) -> str:
    each_once = tuple(dict.fromkeys(map(ground.say, titles)))
    return ground.say(joined(each_once[:_MOST_TITLES])) + ("…" if len(each_once) > _MOST_TITLES else "")


def _due_words(ground: Ground, dues: Dues) -> str:
    days = {name: ground.formats.day(getattr(dues, name)) for name in ("out", "back", "summary", "finance")}
    return ground.say(DUES, **days)
