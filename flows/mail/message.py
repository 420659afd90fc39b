"""Letters as messages: the same letter and the same documents give the same bytes.

Chinese stands in the subject, the text and the page; attachments have ASCII file names, since QQ mail and Outlook do
not read others. Bodies are base64, so that no server on the way has to know more than ASCII.
"""

from collections.abc import Mapping
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.mail.address import checked_address, checked_words
from flows.mail.letter import Letter
from transforms.errors import DeliveryError, PeriodError
from transforms.period import parse
from transforms.titles import Locale

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates" / "mail"
NAME_BYTES = 36
EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLICY = SMTP.clone(utf8=False)


def build(letter: Letter, files: Mapping[str, bytes], max_bytes: int) -> bytes:
    """The message, ready for the wire. `files` holds the bytes of every attachment by file name.

    Raises:
        DeliveryError: a name or an address may not stand in a header, or the message is larger than allowed.
    """
    subject, paragraphs = _words(letter)
    message = EmailMessage(policy=POLICY)
    _set_headers(message, letter, subject)
    message.set_content(_render("letter.txt.j2", letter, paragraphs), cte="base64")
    message.add_alternative(_render("letter.html.j2", letter, paragraphs), subtype="html", cte="base64")
    for attachment in letter.attachments:
        pdf = files[attachment.file_name]
        message.add_attachment(pdf, "application", "pdf", filename=attachment.file_name)
    if letter.workbook:
        name = letter.workbook.file_name
        message.add_attachment(files[name], "application", EXCEL, filename=name)
    message["Content-Language"] = letter.locale  # after the attachments: they push Content-… headers into the text
    _fix_boundaries(message, letter.message_id)
    raw = message.as_bytes()
    if len(raw) > max_bytes:
        what = f"a message of {len(raw)} bytes is larger than delivery.max_message_bytes ({max_bytes})"
        raise DeliveryError(what, todo="queue it again with smaller documents")
    return raw


def _set_headers(message: EmailMessage, letter: Letter, subject: str) -> None:
    name, address = _shown(checked_words(letter.recipient_name, "name")), checked_address(letter.address)
    message["From"] = Address(addr_spec=checked_address(letter.sender))
    message["To"] = Address(display_name=name, addr_spec=address)
    message["Subject"] = checked_words(subject, "subject")
    message["Date"] = letter.dated
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"


def _shown(name: str) -> str:
    """The name beside the address, if it fits into one encoded word; programs join several with blanks between."""
    return name if len(name.encode()) <= NAME_BYTES else ""


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries made from the Message-ID: the standard library would draw them at random."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{message_id[1:33]}_{number}")


def _words(letter: Letter) -> tuple[str, list[str]]:
    """Subject and paragraphs, from the letter's template: the first line, and the rest by blank lines."""
    template = _environment(escape=False).get_template(f"{letter.kind}.{letter.locale}.j2")
    subject, _, body = template.render(_context(letter)).strip().partition("\n")
    return subject, [" ".join(paragraph.split("\n")) for paragraph in body.strip().split("\n\n")]


def _context(letter: Letter) -> dict[str, object]:
    department = letter.department.in_locale(letter.locale) if letter.department else ""
    reminder = letter.reminder
    return {
        "name": checked_words(letter.recipient_name, "name"),
        "company": checked_words(letter.company.in_locale(letter.locale), "company's name"),
        "department": checked_words(department, "department's name"),
        "period": period_shown(letter.period, letter.locale), "revision": letter.revision_number,
        "part": letter.part, "parts": letter.parts, "provisional": letter.provisional, "replaces": letter.replaces,
        "subject": checked_words(reminder.subject.in_locale(letter.locale), "subject") if reminder else "",
        "paragraphs": [_one_line(each.in_locale(letter.locale)) for each in reminder.paragraphs] if reminder else [],
    }  # fmt: skip


def _one_line(paragraph: str) -> str:
    """A paragraph without line breaks: the template cuts text into paragraphs at blank lines."""
    return " ".join(paragraph.split())


def _render(template: str, letter: Letter, paragraphs: list[str]) -> str:
    environment = _environment(escape=template.endswith(".html.j2"))
    enclosed = [*letter.attachments, *([letter.workbook] if letter.workbook else [])]
    return environment.get_template(template).render(locale=letter.locale, paragraphs=paragraphs, attachments=enclosed)


@cache
def _environment(*, escape: bool) -> "Environment":
    """Escaping for the page; none for subject and text, which no browser reads."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escape,  # noqa: S701 (true for the page)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def period_shown(key: str, locale: Locale) -> str:
    """`2026年10月`, `October 2026`; days as `2026-09-21 – 2026-10-20`."""
    try:
        days = parse(key)
    except PeriodError:
        return key
    return _month(days.start, locale) if days.key == f"{days.start:%Y-%m}" else f"{days.start} – {days.end}"


def _month(day: date, locale: Locale) -> str:
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", day, locale={"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "en": "en"}[locale])
