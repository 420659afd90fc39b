"""What holds of every report, whatever the numbers."""

import re
from decimal import Decimal
from functools import cache
from html import unescape
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.rendering.formats import Formats
from flows.rendering.html import screen_page
from flows.rendering.plots import HEIGHT, WIDTH, plot
from flows.rendering.svg import SVG
from flows.rendering.texts import clean
from tests.sample_results import all_history, context, results
from transforms.metrics.model import MetricValue
from transforms.period import parse
from transforms.reports import ScorePoint, department_report, employee_report
from transforms.reports.appraisal_model import PlotPoint
from transforms.reports.parts import metric_trend, score_trend, spread
from transforms.reports.pay import ORDER, statement
from transforms.reports.sheets import sheet_view
from transforms.scoring.results import PayStatement

SCORES = st.decimals(0, 100, places=2)
MONTHS = st.integers(1, 12).map(lambda n: f"2026-{n:02}")


@cache
def month():
    return results()


@given(st.lists(SCORES))
def test_bands_count_everybody_once_and_quartiles_are_in_order(scores):
    told = spread(scores)
    assert sum(people for _, people in told.bands) == told.count == len(scores)
    if scores:
        parts = [told.lowest, told.lower_quartile, told.median, told.upper_quartile, told.highest]
        assert parts == sorted(parts)
        assert told.lowest <= told.mean <= told.highest


@given(st.lists(SCORES), st.randoms())
def test_the_spread_does_not_hang_on_the_order(scores, random):
    mixed = scores[:]
    random.shuffle(mixed)
    assert spread(mixed) == spread(scores)


@given(st.lists(st.tuples(MONTHS, st.none() | SCORES)), SCORES, st.integers(1, 12))
def test_a_trend_is_in_order_ends_now_and_is_no_longer_than_asked(history, now, months):
    points = score_trend(
        [ScorePoint(period=period, score=score) for period, score in history],
        ScorePoint(period="2026-10", score=now),
        months,
    )
    periods = [point.period for point in points]
    assert periods == sorted(set(periods))
    assert periods[-1] == "2026-10"
    assert points[-1].value == now
    assert len(points) <= months


@given(st.lists(st.tuples(MONTHS | st.just("2026-10-01..2026-10-07"), SCORES)))
def test_weeks_never_get_into_a_trend_of_months(windows):
    values = [
        MetricValue(level="employee", subject_id="E", department_id="d", window=window, metric="m", numerator=None,
                    denominator=None, value=value)
        for window, value in windows
    ]  # fmt: skip
    assert all(
        len(point.period) == 7 and point.period <= "2026-10" for point in metric_trend(values, "m", "2026-10", 6)
    )


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_a_number_read_back_is_the_number_rounded(value, places):
    written = Formats("en", "CNY").number(value, places)
    read = Decimal(written.replace(",", "").replace("−", "-"))
    assert abs(read - value) <= Decimal(5).scaleb(-places - 1)


@given(st.text())
def test_clean_text_has_no_controls_and_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    assert all(character.isprintable() or character.isspace() or ord(character) > 0xA0 for character in once)
    assert "\n" not in once


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([p.employee_id for p in results().people]))
def test_points_and_what_was_lost_make_the_weight(employee_id):
    report = employee_report(month(), employee_id, (), context())
    for card in report.cards:
        for line in card.indicators:
            assert line.points is None or line.points + line.lost == line.weight_used
        assert sum(line.points or 0 for line in card.indicators) == card.score


@settings(max_examples=5, deadline=None)
@given(st.sampled_from([d.department_id for d in results().departments]))
def test_a_department_report_is_of_its_own_people_only(department_id):
    report = department_report(month(), department_id, all_history(), context())
    ours = {p.employee_id for p in month().people if p.department_id == department_id}
    assert {row.employee_id for row in (*report.people, *report.unscored)} == ours


PAID = [p.employee_id for p in results().people if p.appraisals]


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(PAID), st.sampled_from(["zh-Hans", "zh-Hant", "en"]))
def test_every_number_of_points_and_pay_stands_on_the_page_as_the_results_have_it(employee_id, locale):
    person = next(p for p in month().people if p.employee_id == employee_id)
    page = screen_page(employee_report(month(), employee_id, (), context()), locale)
    words, formats = text_of_page(page), Formats(locale, "CNY")
    shown = [one for one in person.appraisals if one.counts != "trial"]
    sheets = [(sheet, len({line.window for line in sheet.lines}) > 1) for one in shown for sheet in one.sheets]
    for line, weekly in ((line, weekly) for sheet, weekly in sheets for line in sheet.lines if line.points is not None):
        cell = f"{formats.amount(line.actual, line.unit)}{'◇' if line.provisional else ''}"
        assert (f"{cell} {formats.signed(line.points)}" if weekly else cell) in words
    for sheet in (sheet for one in shown for sheet in one.sheets):
        assert f"{sheet.title.in_locale(locale)} = " in words
    for pay in (one.pay for one in shown if one.pay):
        assert all(formats.money(line.amount_fen) in words for line in pay.lines)
        assert formats.money(pay.total_fen) in words


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(PAID))
def test_no_page_of_a_person_names_a_colleague_or_a_trial(employee_id):
    words = text_of_page(screen_page(employee_report(month(), employee_id, (), context()), "en"))
    assert not [other for other in (p.employee_id for p in month().people) if other != employee_id and other in words]
    assert "Output and quality" not in words


POINTS = st.none() | st.decimals(-20, 20, places=1)


@given(st.lists(POINTS, min_size=1, max_size=12), st.sampled_from(["week", "iso_week", "window"]))
def test_a_matrix_holds_each_line_once_and_adds_up(points, every):
    sheet = drawn_sheet(points, every)
    view = sheet_view(sheet, "2026-10")
    cells = [cell for row in view.rows for cell in row.cells if cell]
    assert [(cell.window, cell.points) for cell in cells] == [(line.window, line.points) for line in sheet.lines]
    assert view.lines_sum == sum(p for p in points if p is not None)
    assert all(sum(cell.span for cell in row.cells if cell) in {1, len(view.windows)} or None in row.cells
               for row in view.rows)  # fmt: skip


def drawn_sheet(points, every):
    """Lines one after the other, filled with parts of October until the points are used up."""
    whole = parse("2026-10")
    parts = {"week": whole.weeks, "iso_week": whole.iso_weeks, "window": (whole,)}[every]
    like = next(p for p in month().people if p.employee_id == "E2002").appraisals[0].sheets[0]
    lines = tuple(
        like.lines[0].model_copy(update={
            "key": f"line_{n // len(parts)}", "window": parts[n % len(parts)].key, "points": value,
            "missing": None if value is not None else "no_data",
        })
        for n, value in enumerate(points)
    )  # fmt: skip
    return like.model_copy(update={"lines": lines})


AMOUNTS = st.lists(st.tuples(st.sampled_from(ORDER), st.integers(-(10**9), 10**9)), max_size=9)


@given(AMOUNTS)
def test_a_statement_adds_up_and_stands_in_the_order_of_kinds(amounts):
    like = next(p for p in month().people if p.employee_id == "E2002").appraisals[0].pay
    lines = tuple(like.lines[0].model_copy(update={"kind": kind, "amount_fen": fen}) for kind, fen in amounts)
    view = statement(PayStatement(lines=lines, total_fen=sum(fen for _, fen in amounts)))
    assert sum(line.amount_fen for line in view.lines) == view.total_fen
    assert [ORDER.index(line.kind) for line in view.lines] == sorted(ORDER.index(kind) for kind, _ in amounts)


@given(st.lists(st.tuples(st.text(max_size=6), SCORES, SCORES), max_size=25))
def test_a_plot_of_anybody_is_well_formed_and_stays_on_its_sheet(people):
    points = [PlotPoint(name=clean(name), output=x, quality=y) for name, x, y in people]
    svg = ET.fromstring(str(plot(points, "x", "y", "label")).replace(f' xmlns="{SVG}"', ""))  # noqa: S314
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in svg.iter("circle")]
    assert len(dots) == len(people)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in dots)


def text_of_page(page):
    """What a reader sees, white space as one blank."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body)))
