"""Documents into small pictures: PDF by poppler, pages by Chromium, workbooks by LibreOffice; colours in a palette."""

import shutil
import subprocess
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from PIL import Image
from playwright.sync_api import Browser

from flows.rendering.codes import code_of
from flows.rendering.content import content_sha256
from flows.rendering.html import paper_page, screen_page
from flows.rendering.pdf import pdf
from tests.browser import CHROMIUM, Look, chromium, page_of
from transforms.reports import Report
from transforms.titles import Locale

DOTS_PER_INCH, COLOURS = 96, 24
TALLEST = 1500  # CSS pixels of a page on a screen; the rest is cut off
NEEDED = {"pdftoppm": "poppler-utils", "soffice": "libreoffice-calc"}


class Studio:
    """The tools of all pictures: a folder and a browser that is started once."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self.folder = Path(self._open.enter_context(TemporaryDirectory()))
        self._browser: Browser | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def browser(self) -> Browser:
        """Chromium, started when the first page asks for it."""
        if self._browser is None:
            if not CHROMIUM.exists():
                raise SystemExit(f"{CHROMIUM} is missing; install the Debian package chromium")
            self._browser = self._open.enter_context(chromium())
        return self._browser


def paper(studio: Studio, report: Report, locale: Locale, pages: tuple[int, ...]) -> list[bytes]:
    """Pages of the PDF of a report; a page it does not have is left out."""
    return sheets(studio, pdf(paper_page(report, locale, _code(report, locale)), report.kind), pages)


def sheets(studio: Studio, document: bytes, pages: tuple[int, ...]) -> list[bytes]:
    """Pages of a PDF."""
    path = studio.folder / "sheet.pdf"
    path.write_bytes(document)
    found = []
    for number in pages:
        only = ["-f", str(number), "-l", str(number), "-singlefile"]
        _run("pdftoppm", "-r", str(DOTS_PER_INCH), "-png", *only, str(path), str(studio.folder / "sheet"))
        picture = studio.folder / "sheet.png"
        if picture.exists():
            found.append(small(picture.read_bytes()))
            picture.unlink()
    return found


def screen(studio: Studio, html: str, look: Look) -> list[bytes]:
    """The top of a page as a browser shows it."""
    path = studio.folder / "page.html"
    path.write_text(html, encoding="utf-8")
    with page_of(studio.browser, path, look) as page:
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": look.width, "height": height})
        return [small(page.screenshot())]


def report_on_screen(studio: Studio, report: Report, locale: Locale, look: Look) -> list[bytes]:
    """The top of a report's page."""
    return screen(studio, screen_page(report, locale, _code(report, locale)), look)


def _code(report: Report, locale: Locale) -> str:
    return code_of(content_sha256(report, locale))


def workbook(studio: Studio, content: bytes) -> list[bytes]:
    """The first sheet of a workbook as LibreOffice prints it."""
    path = studio.folder / "book.xlsx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation={(studio.folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(studio.folder), str(path))
    return sheets(studio, path.with_suffix(".pdf").read_bytes(), (1,))


def small(png: bytes) -> bytes:
    """The picture with few colours: text and hairlines lose nothing that an eye sees."""
    with Image.open(BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    made = BytesIO()
    few.save(made, "PNG", optimize=True)
    return made.getvalue()


def _run(tool: str, *arguments: str) -> None:
    if shutil.which(tool) is None:
        raise SystemExit(f"{tool} is missing; install the Debian package {NEEDED[tool]}")
    subprocess.run([tool, *arguments], check=True, capture_output=True)
