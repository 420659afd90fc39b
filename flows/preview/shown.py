"""What a preview shows: the page or the PDF of one report, made from the files as they are now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markupsafe import Markup

from flows import wiring
from flows.brand.look import look_of
from flows.brand.sample import sample
from flows.brand.templates import require_sound
from flows.brand.trial import told
from flows.company import Company
from flows.rendering.codes import code_of
from flows.rendering.content import content_sha256, template_version
from flows.rendering.environment import environment, stylesheet
from flows.rendering.html import paper_page, paper_styles, screen_page, screen_styles
from flows.rendering.languages import translations
from flows.rendering.look import Look
from flows.rendering.pdf import pdf, styles_of
from flows.report_material import material, report_of
from flows.settings import load_company
from flows.warehouse.ledger_queries import latest, load_results
from transforms.errors import JixiaoError, NotFoundError
from transforms.reports import Kind, Report
from transforms.scoring.results import PeriodResults
from transforms.titles import Locale

Source = Callable[[Company], Report]
CACHES = (environment, template_version, stylesheet, translations, screen_styles, paper_styles, styles_of)


@dataclass(frozen=True)
class Shown:
    """One document of a company: where its report comes from, and in which language (None: the company's)."""

    root: Path
    source: Source
    locale: Locale | None = None

    def html(self) -> str:
        """The page for a screen, or a page that says what is wrong and where."""
        try:
            report, locale, look = self._made_of()
            with _mistakes_told(report.kind):
                return screen_page(report, locale, _code(report, locale, look), look)
        except JixiaoError as error:
            return mistake_page(error)

    def pdf(self) -> bytes:
        """The PDF; of a mistake, too."""
        try:
            report, locale, look = self._made_of()
            with _mistakes_told(report.kind):
                page = paper_page(report, locale, _code(report, locale, look), look)
                return pdf(page, report.kind, look)
        except JixiaoError as error:
            return pdf(mistake_page(error), "employee")

    def _made_of(self) -> tuple[Report, Locale, Look]:
        company = load_company(self.root)
        look = look_of(company)
        if look.files:
            require_sound(look)
        return self.source(company), self.locale or company.settings.documents.locale, look


def _code(report: Report, locale: Locale, look: Look) -> str:
    """The short code, as a run would print it."""
    return code_of(content_sha256(report, locale, look))


def forget() -> None:
    """Let go of templates and styles that were read before, so that the next page is made from the files."""
    for cache in CACHES:
        cache.cache_clear()


def made_up(kind: Kind) -> Source:
    """The report of a made-up month; needs no run."""
    return partial(sample, kind=kind)


def recorded(company: Company, period: str, subject: str, kind: Kind | None) -> Source:
    """The report of a subject as the last revision of a period says; `kind` None: what the subject is.

    Raises:
        NotFoundError: the period was never run, or has no such person or department.
    """
    engine = wiring.ledger(company)
    revision = latest(engine, period)
    if revision is None:
        todo = f"run it first: jixiao run {period}; or look at a made-up report: jixiao preview --sample"
        raise NotFoundError(f"the period {period} was never run", todo=todo)
    results = load_results(engine, revision.id)
    name = f"{kind or _kind_of(results, subject)}:{subject or 'company'}"
    _require_known(results, name)
    return _kept(lambda now: report_of(name, material(wiring.ledger(now), now, revision)))


def _kept(source: Source) -> Source:
    """The source, asked again only when a setting is otherwise: reading the ledger takes longer than making a page."""
    kept: dict[str, Report] = {}

    def report(now: Company) -> Report:
        settings = now.settings.model_dump_json(exclude={"documents": {"look_sha256"}})
        if settings not in kept:
            kept.clear()
            kept[settings] = source(now)
        return kept[settings]

    return report


def _kind_of(results: PeriodResults, subject: str) -> Kind:
    if subject in {"", "company"}:
        return "company"
    return "department" if subject in {each.department_id for each in results.departments} else "employee"


def _require_known(results: PeriodResults, name: str) -> None:
    kind, _, subject = name.partition(":")
    known: dict[str, list[str]] = {
        "employee": [each.employee_id for each in results.people],
        "department": [each.department_id for each in results.departments],
        "company": ["company"],
    }
    if subject not in known.get(kind, []):
        there = ", ".join(known.get(kind, [])[:10]) or f"documents of the kinds {', '.join(known)}"
        raise NotFoundError(f"no {kind} {subject} in {results.period}", todo=f"there are: {there} …")


@contextmanager
def _mistakes_told(kind: Kind) -> Iterator[None]:
    """Whatever a template did is shown, and mended by saving it again."""
    try:
        yield
    except Exception as error:
        raise told(error, kind) from error


def mistake_page(error: JixiaoError) -> str:
    """A page that says what is wrong, where and what to do."""
    return _MISTAKE.format(what=error.what, where=str(error.where), todo=error.todo)


_MISTAKE = Markup("""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>A mistake</title></head>
<body><h1>This page cannot be made</h1><p><code>{where}</code></p><p><strong>{what}</strong></p><p>{todo}</p>
<p>Save the file again: the page comes back by itself.</p></body></html>
""")
