"""What a letter says, as subject, plain text and page: one template a kind writes all three."""

from functools import cache
from typing import TYPE_CHECKING, Literal

from flows.mail.address import checked_words
from flows.mail.letter import Attachment, Companion, Letter, Workbook
from flows.mail.plain import folded
from flows.rendering.look import OWN, PLAIN, Look
from transforms.errors import DeliveryError, PeriodError
from transforms.period import parse
from transforms.titles import Locale

if TYPE_CHECKING:
    from jinja2 import Environment

Medium = Literal["subject", "plain", "page"]
_FRAMES: dict[Medium, tuple[str, str]] = {
    "subject": ("mail/subject.txt.j2", "mail/plain_parts.txt.j2"),
    "plain": ("mail/plain.txt.j2", "mail/plain_parts.txt.j2"),
    "page": ("mail/page.html.j2", "mail/page_parts.html.j2"),
}
_CHINESE: dict[Locale, str] = {
    "zh-Hans": "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,Noto Sans SC",
    "zh-Hant": "PingFang TC,Microsoft JhengHei,Noto Sans CJK TC,Noto Sans TC",
    "en": "PingFang SC,Microsoft YaHei,Noto Sans CJK SC",
}
_LATIN = "Segoe UI,Roboto,Helvetica,Arial"


def subject_of(letter: Letter, look: Look = PLAIN) -> str:
    """The subject, on one line; it holds no figure.

    Raises:
        DeliveryError: a name may not stand in a mail, or a company's own template cannot be filled in.
    """
    return " ".join(_rendered(letter, "subject", look).split())


def text_of(letter: Letter, look: Look = PLAIN) -> str:
    """The letter as plain text, lines of at most 72 columns.

    Raises:
        DeliveryError: a name may not stand in a mail, or a company's own template cannot be filled in.
    """
    return folded(_rendered(letter, "plain", look))


def page_of(letter: Letter, look: Look = PLAIN) -> str:
    """The letter as a page: no style sheet, no picture, no address, nothing to fetch.

    Raises:
        DeliveryError: a name may not stand in a mail, or a company's own template cannot be filled in.
    """
    return _rendered(letter, "page", look)


def period_shown(key: str, locale: Locale) -> str:
    """`2026年10月`, `October 2026`, `21 Sept – 20 Oct 2026`, as the documents say it; what is no period as it is."""
    from flows.rendering.formats import Formats

    try:
        parse(key)
    except PeriodError:
        return key
    return Formats(locale, "").period(key)


def _rendered(letter: Letter, medium: Medium, look: Look) -> str:
    from jinja2 import TemplateError

    frame, parts = _FRAMES[medium]
    currency = letter.figures.currency if letter.figures else ""
    try:
        template = _environment(letter.locale, currency, medium, look).get_template(f"mail/{letter.kind}.html.j2")
        return template.render(_context(letter), frame=frame, medium=parts)
    except TemplateError as error:
        what = f"a letter cannot be made from its template: {error.message}"
        raise DeliveryError(what, todo=f"mend it in {OWN}/mail, then queue the letter again") from error


@cache
def _environment(locale: Locale, currency: str, medium: Medium, look: Look) -> "Environment":
    """The environment of the documents; nothing is escaped where no browser reads it."""
    from flows.rendering.environment import environment

    shared = environment(locale, currency, look)
    return shared if medium == "page" else shared.overlay(autoescape=False)


def _context(letter: Letter) -> dict[str, object]:
    from flows.rendering.palette import LIGHT

    locale, reminder = letter.locale, letter.reminder
    department = letter.department.in_locale(locale) if letter.department else ""
    return {
        "name": checked_words(letter.recipient_name, "name"),
        "company": checked_words(letter.company.in_locale(locale), "company's name"),
        "department": checked_words(department, "department's name"),
        "period": period_shown(letter.period, locale), "revision": letter.revision_number,
        "part": letter.part, "parts": letter.parts, "provisional": letter.provisional, "replaces": letter.replaces,
        "subject": checked_words(reminder.subject.in_locale(locale), "subject") if reminder else "",
        "paragraphs": [_one_line(each.in_locale(locale)) for each in reminder.paragraphs] if reminder else [],
        "enclosed": _enclosed(letter), "figures": letter.figures, "appeal_until": letter.appeal_until,
        "faces": _faces(locale), "line": LIGHT["rule-strong"],
    }  # fmt: skip


def _enclosed(letter: Letter) -> list[dict[str, str]]:
    pairs = ((each, each.companion) for each in letter.attachments)
    there: list[Attachment | Companion | Workbook] = [each for pair in pairs for each in pair if each is not None]
    there += [letter.workbook] if letter.workbook else []
    return [{"file_name": each.file_name, "title": _one_line(each.title)} for each in there]


def _one_line(text: str) -> str:
    """Without line breaks: they part paragraphs in plain text."""
    from flows.rendering.texts import clean

    return " ".join(clean(text).split())


def _faces(locale: Locale) -> str:
    """Fonts that Windows, macOS, iOS and Android have; nothing is fetched."""
    first, then = (_LATIN, _CHINESE[locale]) if locale == "en" else (_CHINESE[locale], _LATIN)
    return f"{first},{then},sans-serif"
