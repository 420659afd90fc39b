"""Charts: well-formed, and drawn where the numbers say."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from flows.rendering import charts
from flows.rendering.plots import plot
from flows.rendering.svg import SVG
from tests.sample_results import GRADES
from transforms.reports import GradeBound
from transforms.reports.appraisal_model import PlotPoint
from transforms.reports.model import Point
from transforms.reports.parts import spread

BOUNDS = tuple(GradeBound(title=title, at_least=at_least) for at_least, _, title in GRADES)


def points(*values):
    return tuple(Point(period=f"2026-{n:02}", value=None if v is None else Decimal(v)) for n, v in enumerate(values, 1))


def labelled(*values):
    return [(p.period, p, str(p.value)) for p in points(*values)]


def drawn(svg):
    return ET.fromstring(str(svg).replace(f' xmlns="{SVG}"', ""))  # noqa: S314 - our own output


def rects(svg):
    return [{k: float(v) for k, v in each.attrib.items() if k != "fill"} for each in drawn(svg).iter("rect")]


@pytest.mark.parametrize(
    "svg",
    [
        charts.bullet(None, None, "none"),
        charts.bullet(Decimal(0), Decimal(0), "zero target"),
        charts.bullet(Decimal("9e12"), Decimal("1e-6"), "far over"),
        charts.spark((), "nothing"),
        charts.spark(points(None, None), "no data"),
        charts.spark(points(1), "one"),
        charts.trend(labelled(), "nothing"),
        charts.trend(labelled(5), "one"),
        charts.trend(labelled(5, 5, 5), "flat"),
        charts.scale(Decimal(100), None, (), "en", "no grades"),
        charts.scale(Decimal(0), Decimal(50), BOUNDS, "zh-Hans", "grades"),
        charts.histogram(spread([]), "nobody"),
        charts.histogram(spread([Decimal(5), Decimal(100)]), "low"),
        charts.box(spread([]), 50, "nobody"),
        charts.box(spread([Decimal(80)]), 50, "one"),
        plot((), "output", "quality", "nobody"),
        charts.share([], "nothing"),
        charts.share([0, 0], "nobody"),
    ],
)
def test_every_chart_is_well_formed_also_of_nothing(svg):
    assert drawn(svg).tag == "svg"
    assert "nan" not in str(svg).lower().replace("nanm", "")
    assert not re.search(r'="-\d+[^"]*" height|width="-', str(svg))


def test_a_label_cannot_leave_its_attribute():
    svg = charts.bullet(Decimal(1), Decimal(1), '"><script>alert(1)</script>')
    assert "<script" not in str(svg)
    assert drawn(svg).get("aria-label") == '"><script>alert(1)</script>'


def test_the_bar_ends_at_the_tick_when_the_target_is_met():
    _, bar, tick = rects(charts.bullet(Decimal(30), Decimal(30), "met"))
    assert bar["width"] == pytest.approx(tick["x"] + tick["width"] / 2, abs=0.02)


def test_the_bar_grows_with_the_value():
    lengths = [rects(charts.bullet(Decimal(n), Decimal(50), ""))[1]["width"] for n in (10, 25, 50, 60)]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) == 4


def test_a_month_without_data_leaves_a_gap():
    svg = drawn(charts.spark(points(1, 2, None, 3, 4), "gap"))
    assert len(list(svg.iter("polyline"))) == 2


def test_the_marker_stands_at_the_score():
    path = next(drawn(charts.scale(Decimal(50), None, BOUNDS, "en", "")).iter("path"))
    assert path.get("d").startswith("M340 ")


def test_columns_are_as_high_as_there_are_people():
    bars = rects(charts.histogram(spread([Decimal(n) for n in (71, 72, 81, 95, 96, 97, 98)]), ""))
    heights = [bar["height"] for bar in bars]
    assert [h / max(heights) for h in heights] == pytest.approx([0, 0, 0.5, 0.25, 1], abs=0.01)


def test_values_stand_below_a_dip_and_above_a_peak():
    svg = drawn(charts.trend(labelled(80, 60, 90), ""))
    text = {each.text: float(each.get("y")) for each in svg.iter("text")}
    rings = [float(each.get("cy")) for each in svg.iter("circle")]
    assert text["60"] > rings[1]
    assert text["90"] < rings[2]


def test_a_target_of_zero_is_a_tick_at_the_left_and_any_value_is_over_it():
    _, bar, tick = rects(charts.bullet(Decimal("0.01"), Decimal(0), "complaints"))
    assert tick["x"] == 0
    assert bar["width"] > 50


def test_a_scale_begins_low_enough_for_the_lowest_score():
    low = spread([Decimal("1.67"), Decimal(80)])
    assert low.floor == 0
    assert all(rect["x"] >= 0 for rect in rects(charts.box(low, low.floor, "")))
    assert spread([Decimal(70)]).floor == 50


def people(*scores):
    return [PlotPoint(name=name, output=Decimal(x), quality=Decimal(y)) for name, x, y in scores]


def test_output_lies_to_the_right_and_quality_above():
    svg = drawn(plot(people(("甲", 80, 90), ("乙", 95, 70)), "产出", "质量", "people"))
    names = {each.text: each for each in svg.iter("text")}
    dots = {float(each.get("cx")): float(each.get("cy")) for each in svg.iter("circle")}
    (left, high), (right, low) = sorted(dots.items())
    assert left < right
    assert high < low
    assert float(names["甲"].get("x")) == pytest.approx(left + 6, abs=0.1)
    assert {"产出 →", "质量 ↑"} <= names.keys()


def test_the_plot_is_told_without_colours():
    svg = str(plot(people(("甲", 80, 90), ("乙", 95, 70)), "x", "y", "l"))
    assert len(re.findall("stroke-dasharray", svg)) == 2
    assert set(re.findall(r'<circle[^>]*fill="([^"]+)"', svg)) == {"#23506e"}


def test_names_of_people_who_lie_together_do_not_cover_each_other():
    svg = drawn(plot(people(*((f"李{n}", 80 + n / 10, 85) for n in range(4))), "x", "y", "l"))
    places = [(float(t.get("x")), float(t.get("y"))) for t in svg.iter("text") if str(t.text).startswith("李")]
    apart = [abs(a[0] - b[0]) >= 14 or abs(a[1] - b[1]) >= 8 for n, a in enumerate(places) for b in places[n + 1 :]]
    assert all(apart)


def test_the_axes_begin_below_the_lowest_so_that_people_can_be_told_apart():
    svg = drawn(plot(people(("甲", 81, 92), ("乙", 95, 99)), "x", "y", "l"))
    assert {"80", "85", "100"} <= {each.text for each in svg.iter("text")}
    assert "50" not in {each.text for each in svg.iter("text")}
