"""A real SMTP server on loopback with STARTTLS (own certificate authority) and login, that misbehaves when told to."""

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD, ASCII_PASSWORD = "reports", "正确的密码 42", "correct horse"
HOST = "127.0.0.1"


@dataclass
class Received:
    """A message the server took, and how it came."""

    sender: str
    recipients: list[str]
    raw: bytes
    encrypted: bool
    user: str | None


@dataclass
class Behaviour:
    """What the server does; each answer is used once, in order: a reply, `drop`, or `wait`.

    `drop` closes the connection instead of answering; `wait` says nothing until `go_on` is set.
    """

    mail: deque = field(default_factory=deque)
    rcpt: deque = field(default_factory=deque)
    data: deque = field(default_factory=deque)
    keep_dropped: bool = True  # the message had arrived, only the answer is lost
    taken: list[Received] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    async def handle_MAIL(self, server, _session, envelope, address, options):  # noqa: N802
        """Answer MAIL FROM."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer(self.mail, server) or "250 OK"

    async def handle_RCPT(self, server, _session, envelope, address, _options):  # noqa: N802
        """Answer RCPT TO."""
        answer = await self._answer(self.rcpt, server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Answer the end of the text."""
        behaviour = self.data[0] if self.data else None
        answer = await self._answer(self.data, server)
        if answer is None or (behaviour == "drop" and self.keep_dropped):
            user = session.auth_data.login.decode() if session.authenticated else None
            encrypted = session.ssl is not None
            self.taken.append(Received(envelope.mail_from, envelope.rcpt_tos, envelope.content, encrypted, user))
        return answer or "250 taken"

    async def _answer(self, answers: deque, server: SMTP) -> str | None:
        answer = answers.popleft() if answers else None
        if answer == "wait":
            self.asked.set()
            await asyncio.to_thread(self.go_on.wait)
            return None
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        return answer


@dataclass
class Server:
    """A running server and what a client needs to reach it."""

    port: int
    ca_file: Path
    behaviour: Behaviour

    def delivery(self, **more) -> dict:
        """Settings of a company that mails through this server."""
        settings = {
            "kind": "smtp", "host": HOST, "port": self.port, "ca_file": str(self.ca_file), "username": USER,
            "timeout_seconds": 5, "retry_seconds": 0.01,
        }  # fmt: skip
        return settings | more

    @property
    def taken(self) -> list[Received]:
        """Messages the server took."""
        return self.behaviour.taken


class _Controller(Controller):
    """The server with its rules, in a thread of its own."""

    def __init__(self, handler, port, **smtp):
        self.smtp = smtp
        super().__init__(handler, hostname=HOST, port=port)

    def factory(self):
        """One per connection."""
        return SMTP(self.handler, hostname="localhost", **self.smtp)


@pytest.fixture
def smtp_server(tmp_path):
    """A server that asks for STARTTLS and login."""
    ca_file, context = certificates(tmp_path / "tls")
    rules = {
        "tls_context": context, "require_starttls": True, "auth_required": True, "auth_require_tls": True,
        "authenticator": _log_in,
    }  # fmt: skip
    yield from _serve(ca_file, rules)


@pytest.fixture
def plain_smtp_server(tmp_path):
    """A server that offers neither STARTTLS nor login."""
    yield from _serve(tmp_path / "none.pem", {})


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _serve(ca_file, rules):
    behaviour = Behaviour()
    controller = _Controller(behaviour, free_port(), **rules)
    controller.start()
    yield Server(controller.port, ca_file, behaviour)
    behaviour.go_on.set()
    controller.stop()


def _log_in(_server, _session, _envelope, _mechanism, data):
    fits = data.login.decode() == USER and data.password.decode() in {PASSWORD, ASCII_PASSWORD}
    return AuthResult(success=fits, handled=False, auth_data=data)


def certificates(folder: Path, name: str = HOST) -> tuple[Path, ssl.SSLContext]:
    """A certificate authority made for this test, and a server context with a certificate signed by it."""
    folder.mkdir(parents=True, exist_ok=True)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _certificate("test authority", authority_key, "test authority", authority_key, authority=True)
    leaf = _certificate("mail.test", key, "test authority", authority_key, authority=False, address=name)
    (folder / "ca.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(
        leaf.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return folder / "ca.pem", context


def _certificate(subject, key, issuer, issuer_key, *, authority, address=HOST):
    def named(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not authority:
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        builder = builder.add_extension(names, critical=False)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return builder.add_extension(usage, critical=True).sign(issuer_key, hashes.SHA256())
