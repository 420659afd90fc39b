"""Handing messages over: into a folder of .eml files, or to an SMTP server.

    DeliveryError
    ├── UnreachableError  no session could be opened: nothing was tried
    ├── RefusedError      the server said no, for now (`permanent` False) or for good
    └── AnswerLostError   the text went out and no answer came: nobody knows
Texts of these never hold an address or what a server said (it may repeat the address), only its code.
"""

import base64
import contextlib
import os
import smtplib
import ssl
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from flows.company import Company, Delivery
from transforms.errors import ConfigError, DeliveryError, Place, StorageError

Begun = Callable[[], None]
OK, CLOSING, FOR_GOOD = 250, 421, 500  # RFC 5321: done, the server hangs up, and from here on no means no
NO_ANSWER, AUTHENTICATED = 0, 235


class UnreachableError(DeliveryError):
    """No session with the server."""


class RefusedError(DeliveryError):
    """The server said no to one message."""

    def __init__(self, code: int, *, permanent: bool) -> None:
        super().__init__(f"the mail server refused a message (code {code})")
        self.code, self.permanent = code, permanent


class AnswerLostError(DeliveryError):
    """The server's answer to a message did not come."""


class Transport(Protocol):
    """Where messages go. `repeatable`: handing the same message over twice is the same as once."""

    repeatable: bool

    def open(self) -> None:
        """Get ready; UnreachableError when that cannot be done now, ConfigError when never."""

    def send(self, raw: bytes, message_id: str, sender: str, recipient: str, begun: Begun) -> None:
        """Hand over one message; `begun` is called right before it could arrive."""

    def close(self) -> None:
        """End the session."""


class FolderTransport:
    """A file `<message id>.eml` a message; a file is whole or not there."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        """Make the folder."""
        with _storage(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)

    def send(self, raw: bytes, message_id: str, sender: str, recipient: str, begun: Begun) -> None:  # noqa: ARG002
        """Write the file beside its place, then move it there."""
        self.open()
        begun()
        with _storage(self.folder):
            _write_whole(self.folder / f"{message_id.strip('<>')}.eml", raw)

    def close(self) -> None:
        """Nothing to end."""


class SmtpTransport:
    """One SMTP session for many messages, opened again when the server ended it."""

    repeatable = False

    def __init__(self, delivery: Delivery, environment: Mapping[str, str]) -> None:
        self.delivery, self.environment = delivery, environment
        self.session: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, encrypt, log in.

        Raises:
            UnreachableError: the server does not answer, or is too busy.
            ConfigError: certificate, encryption, name or password are wrong; trying again does not help.
        """
        if self.session is None:
            self.session = _session(self.delivery, self.environment)

    def send(self, raw: bytes, message_id: str, sender: str, recipient: str, begun: Begun) -> None:  # noqa: ARG002
        """Hand over one message.

        Raises:
            UnreachableError: as `open`.
            RefusedError: the server said no.
            AnswerLostError: no answer came after the text went out.
        """
        self.open()
        if self.session is None:
            raise UnreachableError("the mail server is not reachable")
        try:
            _envelope(self.session, sender, recipient, len(raw))
            begun()
            _text(self.session, raw)
        except Exception as error:
            self._recover(error)
            raise

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        session, self.session = self.session, None
        if session is not None:
            try:
                session.quit()
            except (smtplib.SMTPException, OSError):
                session.close()

    def _recover(self, error: Exception) -> None:
        """After a plain refusal the session goes on; after anything else a new one is opened."""
        if self.session is None:
            return
        plain = isinstance(error, RefusedError) and error.code not in {NO_ANSWER, CLOSING}
        try:
            if plain and self.session.rset()[0] == OK:
                return
        except (smtplib.SMTPException, OSError):
            pass
        self.session.close()
        self.session = None


def transport_of(company: Company, environment: Mapping[str, str] = os.environ) -> FolderTransport | SmtpTransport:
    """The transport the company's settings ask for."""
    delivery = company.settings.delivery
    return FolderTransport(company.outbox) if delivery.kind == "folder" else SmtpTransport(delivery, environment)


def _session(delivery: Delivery, environment: Mapping[str, str]) -> smtplib.SMTP:
    password = _password(delivery, environment)
    where = Place(f"{delivery.host}:{delivery.port}")
    try:
        session = smtplib.SMTP(delivery.host, delivery.port, timeout=delivery.timeout_seconds)
    except (OSError, smtplib.SMTPException) as error:
        todo = "check delivery.host and delivery.port, and that the server runs"
        raise UnreachableError(
            f"the mail server does not answer ({type(error).__name__})", where=where, todo=todo
        ) from error
    try:
        _encrypt_and_log_in(session, delivery, password)
    except (OSError, smtplib.SMTPException) as error:
        session.close()
        raise _opening_failed(error, where) from error
    return session


def _password(delivery: Delivery, environment: Mapping[str, str]) -> str:
    """From the environment only; a name without encryption would show it to everybody on the way."""
    if not delivery.username:
        return ""
    if not delivery.starttls:
        raise ConfigError("a password is only sent over an encrypted line", todo="set delivery.starttls to true")
    if not environment.get(delivery.password_env):
        what = f"the environment variable {delivery.password_env} with the mail password is not set"
        raise ConfigError(what, todo="set it where jixiao is started, or empty delivery.username")
    return environment[delivery.password_env]


def _encrypt_and_log_in(session: smtplib.SMTP, delivery: Delivery, password: str) -> None:
    if delivery.starttls:
        session.starttls(context=ssl.create_default_context(cafile=delivery.ca_file or None))
    session.ehlo_or_helo_if_needed()
    if delivery.username:
        _log_in(session, delivery.username, password)


def _log_in(session: smtplib.SMTP, user: str, password: str) -> None:
    """Python's login cannot say what is not ASCII; AUTH PLAIN is UTF-8 by its standard (RFC 4616)."""
    if (user + password).isascii():
        session.login(user, password)
        return
    code, _ = session.docmd("AUTH", "PLAIN " + base64.b64encode(f"\0{user}\0{password}".encode()).decode())
    if code != AUTHENTICATED:
        raise smtplib.SMTPAuthenticationError(code, "")


def _opening_failed(error: Exception, where: Place) -> DeliveryError | ConfigError:
    if isinstance(error, ssl.SSLCertVerificationError):
        todo = "check delivery.host, or name the server's certificate authority under delivery.ca_file"
        return ConfigError("the mail server's certificate cannot be trusted", where=where, todo=todo)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        todo = "ask for a server that does, or set delivery.starttls to false on a network you trust"
        return ConfigError("the mail server does not offer STARTTLS or login", where=where, todo=todo)
    if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= FOR_GOOD:
        todo = "check delivery.username and the password in the environment"
        return ConfigError("the mail server does not accept name and password", where=where, todo=todo)
    if isinstance(error, FileNotFoundError):
        return ConfigError("the file under delivery.ca_file is not there", todo="correct its path")
    return UnreachableError(
        f"no session with the mail server ({type(error).__name__})", where=where, todo="try again later"
    )


def _envelope(session: smtplib.SMTP, sender: str, recipient: str, size: int) -> None:
    options = [f"size={size}"] if session.has_extn("size") else []
    try:
        _require_ok(session.mail(sender, options)[0])
        _require_ok(session.rcpt(recipient)[0])
    except (smtplib.SMTPException, OSError) as error:
        raise RefusedError(NO_ANSWER, permanent=False) from error


def _text(session: smtplib.SMTP, raw: bytes) -> None:
    try:
        code, _ = session.data(raw)
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (smtplib.SMTPException, OSError) as error:
        todo = "ask the recipient or look at the server's log, then `jixiao resolve`"
        raise AnswerLostError("the mail server's answer to a message was lost", todo=todo) from error
    _require_ok(code)


def _require_ok(code: int) -> None:
    if code not in {OK, OK + 1}:
        raise RefusedError(code, permanent=code >= FOR_GOOD)


@contextlib.contextmanager
def _storage(folder: Path) -> Iterator[None]:
    """Failures of the outbox folder as StorageError."""
    try:
        yield
    except OSError as error:
        what, todo = f"the outbox folder cannot be written: {error.strerror}", "free space or give the right to write"
        raise StorageError(what, where=Place(str(folder)), todo=todo) from error


def _write_whole(path: Path, raw: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
