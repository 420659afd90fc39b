"""The server of a preview: on this machine only, for who knows its address, and nothing but reading."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from watchfiles import watch

from flows.company import Company
from flows.preview.frame import POLICY, frame
from flows.preview.shown import Shown, forget
from flows.rendering.languages import TEMPLATES

LOOPBACK = "127.0.0.1"
WAIT_SECONDS = 20  # how long a browser's question for the next change stays open
IN_FRAME = "frame-ancestors 'self'"


class Changes:
    """How often a file was saved; who asks waits for the next time."""

    def __init__(self) -> None:
        self.count, self._changed = 1, Condition()

    def tell(self) -> None:
        """A file was saved."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def after(self, seen: int) -> int:
        """The count, as soon as it is another than `seen`, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.count != seen, timeout=WAIT_SECONDS)
            return self.count


class Preview(ThreadingHTTPServer):
    """Serves one document at a secret path of a free port of the loopback address."""

    daemon_threads = True

    def __init__(self, shown: Shown, title: str, *, with_pdf: bool) -> None:
        super().__init__((LOOPBACK, 0), _Answer)
        self.shown, self.changes, self.making = shown, Changes(), Lock()
        self.page = frame(title, with_pdf=with_pdf)
        self.path = f"/{secrets.token_urlsafe(16)}/"
        self.hosts = {f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost")}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle of an answer is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{LOOPBACK}:{self.server_port}{self.path}"


class _Answer(BaseHTTPRequestHandler):
    """Answers GET, and only when host and path are ours: a page elsewhere could guess the port, not the path."""

    server: Preview

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if self.headers.get("Host") not in self.server.hosts:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"this is not the address of the preview")
        elif not secrets.compare_digest(asked.path.rpartition("/")[0] + "/", self.server.path):
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"not here")
        else:
            self._answer(asked.path.rpartition("/")[2], asked.query)

    def _answer(self, name: str, query: str) -> None:
        server = self.server
        if name == "":
            self._send(HTTPStatus.OK, "text/html", server.page.encode(), POLICY)
        elif name == "changes":
            seen = parse_qs(query).get("seen", ["0"])[0]
            count = server.changes.after(int(seen) if seen.isdecimal() else 0)
            self._send(HTTPStatus.OK, "text/plain", str(count).encode())
        elif name in {"html", "pdf"}:
            with server.making:  # templates and fonts are shared
                made = server.shown.pdf() if name == "pdf" else server.shown.html().encode()
            self._send(HTTPStatus.OK, "application/pdf" if name == "pdf" else "text/html", made, IN_FRAME)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"not here")

    def _send(self, status: HTTPStatus, kind: str, content: bytes, policy: str = "default-src 'none'") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind if kind.endswith("pdf") else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet: the path is secret."""


@contextmanager
def watched(preview: Preview, company: Company) -> Iterator[None]:
    """Count saved files of the company's configuration and of our templates while inside."""
    over = Event()
    watcher = Thread(target=_watch, args=(preview, company, over), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _watch(preview: Preview, company: Company, over: Event) -> None:
    paths = {company.config, TEMPLATES, *_logo_folder(company)}
    for _ in watch(*paths, stop_event=over, debounce=200, step=50, rust_timeout=500, raise_interrupt=False):
        with preview.making:
            forget()
        preview.changes.tell()


def _logo_folder(company: Company) -> set[Path]:
    logo = company.root / company.settings.documents.brand.logo
    return {logo.parent} if logo.is_file() else set()


def stay(preview: Preview, company: Company) -> None:
    """Serve until interrupted."""
    with preview, watched(preview, company):
        preview.serve_forever(poll_interval=0.2)
