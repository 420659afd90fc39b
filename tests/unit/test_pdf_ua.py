"""PDF/UA-1: every kind of report passes the kept checker and our own; the checks see what they are for."""

import subprocess
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from pdfua import validate
from pypdf import PdfReader

from flows.rendering.codes import code_of
from flows.rendering.html import paper_page
from flows.rendering.pdf import pdf
from tests.pdf_ua import elements, faults
from tests.rendered import sample, text_of
from tests.sample_results import context, results
from transforms.reports import acknowledgement_report

CODE = code_of("5" * 64)
KINDS = [
    ("employee", "E1002", "zh-Hans"), ("employee", "E1002", "zh-Hant"), ("employee", "E1002", "en"),
    ("employee", "E2002", "zh-Hans"), ("employee", "E1008", "zh-Hans"), ("department", "customer_service", "zh-Hans"),
    ("company", "", "zh-Hans"), ("acknowledgement", "customer_service", "zh-Hans"),
]  # fmt: skip


def report_of(kind, subject):
    if kind == "acknowledgement":
        return acknowledgement_report(results(), subject, (), context())
    return sample(kind, subject)


@pytest.fixture(scope="module")
def paper():
    """Every kind once, made when it is asked for."""
    made = {}

    def of(kind="employee", subject="E1002", locale="zh-Hans"):
        key = kind, subject, locale
        if key not in made:
            made[key] = pdf(paper_page(report_of(kind, subject), locale, CODE), kind)
        return made[key]

    return of


@pytest.mark.parametrize(("kind", "subject", "locale"), KINDS)
def test_nothing_is_found(kind, subject, locale, paper, tmp_path):
    made = paper(kind, subject, locale)
    assert faults(made) == []
    path = tmp_path / "report.pdf"
    path.write_bytes(made)
    assert [(each.rule_id, each.message) for each in validate(str(path)).findings] == []


def changed(made, change):
    """The document after somebody changed it."""
    with pikepdf.open(BytesIO(made)) as found:
        change(found)
        out = BytesIO()
        found.save(out)
    return out.getvalue()


def first(found, tag):
    return next(each for each in elements(found.Root.StructTreeRoot) if str(each.S) == tag)


def lose_words(found):
    del first(found, "/Figure")["/Alt"]


def lose_scope(found):
    del first(found, "/TH").A["/Scope"]


def skip_heading(found):
    first(found, "/H2").S = pikepdf.Name("/H3")


def paint_unmarked(found):
    page = found.pages[0]
    page.contents_add(b"0 0 10 10 re f")


def widen_row(found):
    first(found, "/TD").A = pikepdf.Dictionary(O=pikepdf.Name("/Table"), ColSpan=7)


def forget_language(found):
    del found.Root["/Lang"]


@pytest.mark.parametrize(
    ("change", "says"),
    [(lose_words, "a figure without words"), (lose_scope, "a header cell without scope"),
     (skip_heading, "a heading 3 after one of 1"), (paint_unmarked, "page 1: f outside of everything marked"),
     (widen_row, "a table with rows of"), (forget_language, "no language")],
)  # fmt: skip
def test_a_broken_document_is_seen(change, says, paper):
    assert any(each.startswith(says) for each in faults(changed(paper(), change)))


def test_the_running_foot_is_no_part_of_what_is_read_aloud(paper):
    with pikepdf.open(BytesIO(paper())) as found:
        for page in found.pages:
            marks = [ops for ops, name in pikepdf.parse_content_stream(page) if str(name) == "BDC"]
            footers = [ops[1] for ops in marks if str(ops[0]) == "/Artifact" and ops[1].get("/Subtype") == "/Footer"]
            assert len(footers) >= 2, "the foot's text and the number of the page"


def test_a_drawing_says_its_numbers(paper):
    with pikepdf.open(BytesIO(paper())) as found:
        words = [str(each.Alt) for each in elements(found.Root.StructTreeRoot) if each.S == "/Figure"]
    assert "¥456,968.88 / ¥520,000.00" in words


@cache
def stated(provisional, locale="zh-Hans"):
    """The report of a person, provisional or final, on paper."""
    report = sample("employee", "E1002")
    head = report.head.model_copy(update={"provisional": provisional})
    return pdf(paper_page(report.model_copy(update={"head": head}), locale, CODE), "employee")


def marks_of(made):
    """What each page marks first."""
    with pikepdf.open(BytesIO(made)) as found:
        marks = [
            [ops for ops, name in pikepdf.parse_content_stream(page) if str(name) == "BDC"] for page in found.pages
        ]
        return [(str(first[0]), str(first[1].get("/Subtype"))) for first, *_ in marks]


@pytest.mark.parametrize(("locale", "word"), [("zh-Hans", "暂定"), ("en", "Provisional")])
def test_a_provisional_report_has_a_word_under_every_page_that_is_not_read(locale, word, tmp_path):
    marked = stated(provisional=True, locale=locale)
    assert set(marks_of(marked)) == {("/Artifact", "/Watermark")}, "under all that follows"
    assert text_of(marked, tmp_path).count(word) == 1, "the notice alone"


def test_a_final_report_has_none_and_the_word_costs_next_to_nothing():
    final = stated(provisional=False)
    assert ("/Artifact", "/Watermark") not in marks_of(final)
    assert len(stated(provisional=True)) - len(final) < 6_000, "the notice and its characters are in it, too"


def grey(made, folder, spot):
    """The lightness (0-255) of a spot (pixels at 50 dpi) of page one."""
    from PIL import Image

    (folder / "grey.pdf").write_bytes(made)
    command = ["pdftoppm", "-r", "50", "-gray", "-f", "1", "-l", "1", "-singlefile", str(folder / "grey.pdf")]
    subprocess.run([*command, str(folder / "grey")], check=True)
    with Image.open(folder / "grey.pgm") as page:
        return sum(1 for value in page.crop(spot).tobytes() if 225 <= value <= 246)


def test_the_watermark_is_seen_on_a_grey_print_and_light_enough_to_read_over(tmp_path):
    middle = (110, 200, 300, 400)
    marked, plain = (grey(stated(provisional=now), tmp_path, middle) for now in (True, False))
    assert marked > plain + 4_000, "a good part of the middle is pale grey"


def test_a_rare_name_costs_kilobytes_not_a_hundred(paper, tmp_path):
    report = sample("employee", "E1002").model_copy(update={"name": "王𠮷"})
    made = pdf(paper_page(report, "zh-Hans", CODE), "employee")
    assert len(made) - len(paper()) < 6_000
    assert "王𠮷" in text_of(made, tmp_path)
    assert faults(made) == []


def test_the_metadata_tells_the_code(paper):
    assert PdfReader(BytesIO(paper())).metadata.keywords == f"2026-10, r2, employee, E1002, {CODE}"
