"""A company's look, tried on a made-up month: every kind of document is made once before anything is scored."""

from traceback import walk_tb
from xml.etree import ElementTree as ET

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from flows.brand.look import look_of
from flows.brand.sample import SUBJECTS, sample, sample_letters
from flows.brand.templates import mistake, require_sound
from flows.company import Company
from flows.mail.letter import Letter
from flows.mail.words import page_of, subject_of, text_of
from flows.rendering.html import paper_page, paper_styles, screen_page
from flows.rendering.look import OWN, PLAIN, Look
from transforms.errors import ConfigError
from transforms.reports import Report

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"  # base.html.j2: a page loads nothing


def require_look(company: Company) -> Look:
    """The company's look, its templates checked and every kind of report made with it.

    Raises:
        ConfigError: a logo, a wording or a template that may not be used; file and line.
    """
    look = look_of(company)
    if look.files:
        require_sound(look)
    if look != PLAIN:
        for kind, subjects in SUBJECTS.items():
            paper_styles(kind, look)
            for subject in subjects:
                _try(company, sample(company, kind, subject), look)
        for letter in sample_letters(company):
            _try_letter(letter, look)
    return look


def _try(company: Company, report: Report, look: Look) -> None:
    locale = company.settings.documents.locale
    try:
        page = screen_page(report, locale, "trial", look)
        paper = paper_page(report, locale, "trial", look)
    except Exception as error:
        raise told(error, report.kind) from error
    if POLICY not in page:
        raise mistake("the page may load things from elsewhere", "base.html.j2", todo=f"keep ours: {POLICY} …")
    try:
        ET.fromstring(paper)  # noqa: S314 - our own page, no DTD
    except ET.ParseError as error:
        what = f"the page is not well-formed: {error.msg}"
        raise mistake(
            what, f"{report.kind}.html.j2", todo="close every tag: <br/>, <p>…</p>; &#160; for &nbsp;"
        ) from error


def _try_letter(letter: Letter, look: Look) -> None:
    try:
        for made in (subject_of, text_of, page_of):
            made(letter, look)
    except Exception as error:
        raise told(error, f"mail/{letter.kind}") from error


def told(error: Exception, page: str) -> ConfigError:
    """What stopped a page, with the place in the company's template it came from."""
    if isinstance(error, ConfigError):
        return error
    if isinstance(error.__cause__, TemplateError):  # a letter's
        error = error.__cause__
    name, line = _place(error) or (f"{page}.html.j2", None)
    what = error.message if isinstance(error, (TemplateSyntaxError, UndefinedError)) else str(error)
    named = what if isinstance(error, TemplateError) else f"{type(error).__name__}: {what}"
    return mistake(f"the page {page} cannot be made: {named}", name, line)


def _place(error: Exception) -> tuple[str, int] | None:
    """The innermost line of a template that the error came through."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or "", error.lineno
    lines = [(frame.f_code.co_filename, line) for (frame, line) in walk_tb(error.__traceback__)]
    own = [(name.removeprefix(f"{OWN}/"), line) for name, line in lines if name.startswith(f"{OWN}/")]
    return own[-1] if own else None
