"""What the gallery shows: every kind of document in three languages, and what reports look like at the edges."""

from collections.abc import Callable
from dataclasses import dataclass

from flows.mail.letter import Attachment
from flows.mail.words import page_of
from flows.report_material import Material
from flows.site.index import index_of, reports_of
from flows.site.pages import index_page
from flows.workbooks.department import department_workbook
from tests import mail_letters, sample_departments, sample_extremes
from tests.browser import DESK, PHONE, Look
from tests.gallery.drawing import Studio, paper, report_on_screen, screen, workbook
from tests.rendered import sample
from tests.sample_changes import changed
from tests.sample_company import full_report
from tests.sample_results import all_history, context, results
from transforms.reports import Report
from transforms.titles import Locale

Draw = Callable[[Studio, Locale], list[bytes]]
ALL: tuple[Locale, ...] = ("zh-Hans", "zh-Hant", "en")
ONE: tuple[Locale, ...] = ("zh-Hans",)


@dataclass(frozen=True)
class Picture:
    """One entry: its file name without language and page, a heading, what there is to see, and how it is drawn."""

    name: str
    title: str
    shows: str
    draw: Draw
    locales: tuple[Locale, ...] = ALL


def on_paper(report: Callable[[], Report], *pages: int) -> Draw:
    """Pages of a PDF."""
    return lambda studio, locale: paper(studio, report(), locale, pages)


def on_screen(report: Callable[[], Report], width: int, colours: str = "light") -> Draw:
    """The top of a page in a browser."""
    return lambda studio, locale: report_on_screen(studio, report(), locale, Look(width, colours))


def site(studio: Studio, locale: Locale) -> list[bytes]:
    """The first page of a manager's site."""
    made_of = Material(results(), all_history(), context())
    people = [p.employee_id for p in results().people if p.department_id == "customer_service"]
    may = frozenset({("department", "customer_service"), *(("employee", who) for who in people)})
    index = index_of(made_of, reports_of(made_of, people), "E2001", may, frozenset())
    return screen(studio, index_page(index, locale).decode(), Look(DESK))


def book(studio: Studio, locale: Locale) -> list[bytes]:
    """The first sheet of a department's workbook."""
    return workbook(studio, department_workbook(sample("department", "customer_service"), locale, "K7Q4-9XMT-2B8C"))


def own_mail(studio: Studio, locale: Locale) -> list[bytes]:
    """A person's letter on a phone."""
    report = sample("employee", "E2002")
    enclosed = Attachment(
        kind="employee", subject_id="E2002", title=report.name, file_name="employee_2026-10_E2002.pdf", path="",
        pdf_sha256="", pdf_bytes=0,
    )  # fmt: skip
    letter = mail_letters.own(locale, "E2002", attachments=(enclosed,), company=context().company)
    return screen(studio, page_of(letter), Look(PHONE))


def managers_mail(studio: Studio, locale: Locale) -> list[bytes]:
    """A manager's letter on a phone."""
    return screen(studio, page_of(mail_letters.managers(locale, company=context().company)), Look(PHONE))


def employee(who: str) -> Callable[[], Report]:
    """A person of the fabricated month."""
    return lambda: sample("employee", who)


def desk() -> Report:
    """The department of customer service."""
    return sample("department", "customer_service")


PICTURES = (
    Picture("employee", "A person", "The minute, the scorecard, the derivation down to counts.", on_paper(employee("E4001"), 1, 2)),
    Picture("employee-phone", "A person, on a phone", "Tables become cards; nothing scrolls sideways.", on_screen(employee("E4001"), PHONE)),
    Picture("employee-dark", "A person, on a dark screen", "The same page where the reader asked for dark colours.", on_screen(employee("E4001"), DESK, "dark"), ONE),
    Picture("employee-pay", "A person with points and pay", "Weekly points, a statement whose lines add up, deductions below zero.", on_paper(employee("E2013"), 1, 3, 4)),
    Picture("employee-corrected", "A person after a correction", "What changed, why, what was decided; an appeal in the record.", on_paper(lambda: changed("employee", "E2002"), 1)),
    Picture("employee-not-scored", "A person without a score", "The reason in words, and that it is neither good nor bad.", on_paper(employee("E1008"), 1)),
    Picture("department", "A department", "Distribution, people by rank, indicators, what moved the mean, what is open, notes for talks.", on_paper(desk, 1, 2, 3)),
    Picture("company", "The company", "Departments side by side, coherence, cost against plan, fairness, data quality.", on_paper(full_report, 1, 2, 3)),
    Picture("acknowledgement", "Acknowledgements", "Who of a department answered.", on_paper(lambda: changed("acknowledgement", "customer_service"), 1)),
    Picture("site", "A manager's site", "Search, sort and filter; only what this reader may read.", site),
    Picture("mail-own", "Mail to a person, on a phone", "Short, personal; no figure in the first lines.", own_mail),
    Picture("mail-manager", "Mail to a manager, on a phone", "The department's figures only.", managers_mail),
    Picture("workbook", "A department's workbook", "The same numbers, to sort and filter.", book),
    Picture("extreme-long-name", "A long name", "It breaks where it must and pushes nothing away.", on_paper(sample_extremes.long_named, 1), ONE),
    Picture("extreme-30-indicators", "Thirty indicators", "The scorecard goes on to the next page under its own head.", on_paper(lambda: sample_extremes.with_indicators(30), 1, 2), ONE),
    Picture("extreme-1-indicator", "One indicator", "No page looks empty by accident.", on_paper(lambda: sample_extremes.with_indicators(1), 1), ONE),
    Picture("extreme-no-data", "No data at all", "What is not known is said.", on_paper(sample_extremes.without_data, 1), ONE),
    Picture("extreme-200-people", "A department of 200", "Heads of tables come again on every page.", on_paper(lambda: sample_departments.report_of(sample_departments.crowd(200)), 1, 2), ONE),
    Picture("extreme-alike", "Everybody alike", "No spread, one rank, no division by nothing.", on_paper(lambda: sample_departments.report_of(sample_departments.alike()), 1), ONE),
    Picture("extreme-nobody-scored", "A department without a score", "Each person's reason in place of a ranking.", on_paper(lambda: sample_departments.report_of(sample_departments.nobody_scored()), 1), ONE),
)  # fmt: skip
