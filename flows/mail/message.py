"""Letters as messages: the same letter and the same documents give the same bytes.

Chinese stands in the subject, the text and the page; attachments have ASCII file names, since QQ mail and Outlook do
not read others. Bodies are ASCII on the way, so that no server has to know more: base64 or quoted-printable, whichever
is shorter (Chinese, English).
"""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from quopri import encodestring
from typing import Literal

from flows.mail.address import checked_address, checked_words
from flows.mail.letter import Letter
from flows.mail.words import page_of, subject_of, text_of
from flows.rendering.look import PLAIN, Look
from transforms.errors import DeliveryError

NAME_BYTES = 36
EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLICY = SMTP.clone(utf8=False)


def build(letter: Letter, files: Mapping[str, bytes], max_bytes: int, look: Look = PLAIN) -> bytes:
    """The message, ready for the wire. `files` holds the bytes of every attachment by file name.

    Raises:
        DeliveryError: a name or an address may not stand in a header, a company's own template cannot be filled in, or
            the message is larger than allowed.
    """
    text, page = text_of(letter, look), page_of(letter, look)
    message = EmailMessage(policy=POLICY)
    _set_headers(message, letter, subject_of(letter, look))
    message.set_content(text, cte=_encoding(text))
    message.add_alternative(page, subtype="html", cte=_encoding(page))
    for attachment in letter.attachments:
        pdf = files[attachment.file_name]
        message.add_attachment(pdf, "application", "pdf", filename=attachment.file_name)
        if attachment.companion:
            _add_workbook(message, attachment.companion.file_name, files)
    if letter.workbook:
        _add_workbook(message, letter.workbook.file_name, files)
    message["Content-Language"] = letter.locale  # after the attachments: they push Content-… headers into the text
    _fix_boundaries(message, letter.message_id)
    raw = message.as_bytes()
    if len(raw) > max_bytes:
        what = f"a message of {len(raw)} bytes is larger than delivery.max_message_bytes ({max_bytes})"
        raise DeliveryError(what, todo="queue it again with smaller documents")
    return raw


def _add_workbook(message: EmailMessage, name: str, files: Mapping[str, bytes]) -> None:
    message.add_attachment(files[name], "application", EXCEL, filename=name)


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


def _encoding(body: str) -> Literal["base64", "quoted-printable"]:
    """The shorter one: three bytes are four characters in base64; of ASCII the other one is almost the text itself."""
    raw = body.encode()
    return "quoted-printable" if len(encodestring(raw)) < len(raw) * 4 // 3 else "base64"


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries made from the Message-ID: the standard library would draw them at random."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{message_id[1:33]}_{number}")
