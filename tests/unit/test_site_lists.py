"""The rows behind a number: each row once, weeks inside their month, sums that make the number, big lists cut."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from flows.rendering.environment import environment
from flows.rendering.formats import Formats
from flows.site import table
from flows.site.columns import COLUMNS, TABLES
from flows.site.lists import Lists, arranged
from flows.site.numbers import Counted, Line, lines_of
from flows.site.pages import list_pages
from flows.site.rows import Row, columns_of
from tests.rendered import sample
from tests.sample_results import results
from transforms.measures.catalogue import RELATIONS
from transforms.metrics.model import Unit
from transforms.titles import Title

FIRST = date(2026, 10, 1)
WEEKS = ("2026-10-01..2026-10-07", "2026-10-08..2026-10-14")
FORMATS = Formats("en", "CNY")


def line(window: str, numerator: str = "inquirers_paid", printed: int = 0, denominator: str = "inquirers") -> Line:
    above, below = (Counted(each, window, "desk", Decimal(printed)) for each in (numerator, denominator))
    named = Title(zh_hans="转化率", en="Conversion")
    return Line("points", "sheet.conversion", named, named, named, "score", window, Unit.RATE, None, above, below)


def rows_on(days: list[int], value: int = 1) -> list[Row]:
    return [
        Row(FIRST + timedelta(day), "s1", (f"b{n}", "10:00:00"), Decimal(value)) for n, day in enumerate(sorted(days))
    ]


def lists_of(lines: list[Line], rows: list[Row]) -> Lists:
    measures = {each.measure for one in lines for each in (one.numerator, one.denominator) if each}
    return arranged(lines, {measure: {("E1", "desk"): rows} for measure in measures}, {}, "E1")


@given(st.lists(st.integers(0, 30), max_size=40))
def test_every_row_stands_once_and_weeks_count_their_own(days: list[int]) -> None:
    made = lists_of([line("2026-10"), *(line(week) for week in WEEKS)], rows_on(days))
    one = made.lists[0]
    assert len(one.whole.rows) == len(days)
    assert {part.window: len(part.rows) for part in one.parts} == {
        week: count for week, count in zip(WEEKS, (sum(d < 7 for d in days), sum(7 <= d < 14 for d in days)), strict=True)
        if count
    }  # fmt: skip
    html = "".join(piece.body for piece in table.pieces([one], FORMATS))
    assert html.count("<td>s1") == len(days)


def test_windows_that_overlap_without_one_holding_the_other_stand_apart() -> None:
    made = lists_of([line("2026-09-21..2026-10-20"), line("2026-10")], rows_on([0, 25]))
    found = sorted((each.whole.window, len(each.whole.rows)) for each in made.lists)
    assert found == [("2026-09-21..2026-10-20", 1)] * 2 + [("2026-10", 2)] * 2


def test_a_number_agrees_only_with_the_rows_that_make_it() -> None:
    right, wrong = (lists_of([line("2026-10", printed=count)], rows_on([1, 2, 3])) for count in (3, 4))
    assert [each.numerator and each.numerator.agrees for each in (*right.lines, *wrong.lines)] == [True, False]
    assert wrong.lines[0].numerator is not None
    assert wrong.lines[0].numerator.listed == 3


def test_the_greatest_of_a_peak_counts_and_not_the_sum() -> None:
    made = lists_of([line("2026-10", "waiting_peak", 7, "waiting_peak")], [*rows_on([1], 7), *rows_on([2], 5)])
    assert made.lines[0].numerator is not None
    assert made.lines[0].numerator.agrees


def test_amounts_of_orders_stand_only_as_their_sum() -> None:
    rows = [Row(FIRST, "s1", (f"o{n}",), Decimal(98765 + n)) for n in range(2)]
    (paid, _) = lists_of([line("2026-10", "owned_paid_amount_fen", 197531)], rows).lists
    html = "".join(piece.body for piece in table.pieces([paid], FORMATS))
    assert paid.whole.total == 197531
    assert "98765" not in html
    assert "987" not in html


def test_a_measure_that_is_no_more_is_left_out() -> None:
    made = lists_of([line("2026-10", "inquirers_of_old", 3, "inquirers_of_old")], rows_on([1]))
    assert made.lists == ()
    assert made.lines[0].numerator is None


def test_a_key_that_comes_twice_has_two_anchors() -> None:
    made = lists_of([line("2026-10"), line("2026-10")], rows_on([1]))
    assert [each.anchor for each in made.lines] == ["points-sheet.conversion", "points-sheet.conversion-2"]


def test_ids_are_escaped() -> None:
    rows = [Row(FIRST, "<script>", ("a&b", '"><img src=x>'), Decimal(1))]
    html = "".join(piece.body for piece in table.pieces(lists_of([line("2026-10")], rows).lists, FORMATS))
    assert "<script>" not in html
    assert "<img" not in html
    assert "a&amp;b" in html


def test_a_long_list_is_cut_into_pages_below_two_megabytes_and_nothing_is_left_out() -> None:
    rows = [
        Row(FIRST + timedelta(n % 31), "shop", (f"buyer-{n:06}-{'x' * 20}", "10:00:00"), Decimal(1))
        for n in range(40_000)
    ]
    rows.sort(key=lambda row: row.day)
    lists = lists_of([line("2026-10", printed=40_000), *(line(week) for week in WEEKS)], rows)
    made = dict(list_pages(sample("employee", "E1008"), lists, "en"))
    assert list(made)[:2] == ["E1008.html", "E1008~2.html"]
    assert all(len(content) < 2_000_000 for content in made.values())
    whole = b"".join(made.values()).decode()
    assert all(whole.count(f">buyer-{n:06}-") == 2 for n in range(0, 40_000, 997))
    assert "none is left out" in whole
    for name, content in made.items():
        text = content.decode()
        targets = [each.partition('"')[0] for each in text.split('href="')[1:] if each.startswith("E1008")]
        for target in targets:
            file, _, anchor = target.partition("#")
            assert not anchor or f'id="{anchor}"' in made[file].decode(), (name, target)


def test_every_table_and_column_of_a_list_has_a_name() -> None:
    page = environment("zh-Hans", "CNY").get_template("parts.html.j2").make_module({"report": None})
    for relation in RELATIONS.values():
        table_name = relation.origin or relation.name
        assert table_name in TABLES or str(page.table_name(table_name)).strip() != table_name, table_name
    assert {name for relation in RELATIONS for name in columns_of(relation)} == set(COLUMNS)


def test_numerators_and_denominators_are_those_of_the_report() -> None:
    person = next(each for each in results().people if each.cards and each.cards[0].indicators)
    told = {each.key: each for each in lines_of(person, results().period) if each.kind == "indicator"}
    counted = 0
    for indicator in person.cards[0].indicators:
        found = told[indicator.key]
        if found.numerator:
            counted += 1
            assert found.numerator.printed == indicator.numerator
            assert (found.denominator and found.denominator.printed) == indicator.denominator
    assert counted
