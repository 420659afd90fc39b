"""What may stand in a header: addresses and words, refused when a mail program could be led astray by them.

Python 3.11.7 can be tricked into folding a header into two; a name may be written by anybody whose name it is. So
nothing goes into a header that breaks lines, hides text, or looks like an encoded word already.
"""

import re
import unicodedata

from transforms.errors import DeliveryError

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_LOCAL_MOST, _MOST = 64, 254  # characters, RFC 5321
_BREAKING = {"Cc", "Cs", "Zl", "Zp"}  # not Co and Cn: rare characters of names are there, by Python's tables
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def checked_address(address: str) -> str:
    """An address a server can be given: ASCII before the @, the domain in its ASCII form.

    Raises:
        DeliveryError: anything else. The address is not in the error's text.
    """
    local, at, domain = address.strip().rpartition("@")
    ascii_domain = _ascii(domain)
    fits = len(local) <= _LOCAL_MOST and len(local) + len(ascii_domain) < _MOST
    if not at or "=?" in local or not fits or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        todo = "write it as name@example.com, with only ASCII letters before the @"
        raise DeliveryError("an e-mail address is not one that mail can be sent to", todo=todo)
    return f"{local}@{ascii_domain}"


def checked_words(text: str, what: str) -> str:
    """Text for a header, blanks put together.

    Raises:
        DeliveryError: it holds control characters, characters that turn the writing direction, or `=?`.
    """
    if "=?" in text or any(_unsafe(character) for character in text):
        todo = f"remove control characters and '=?' from the {what} in the source"
        raise DeliveryError(f"the {what} holds characters that may not stand in a mail", todo=todo)
    return " ".join(text.split())


def _unsafe(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _BREAKING


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
