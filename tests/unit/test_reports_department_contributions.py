"""What each person adds to the change of a mean: the parts come to the whole, to the hundredth, always."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from transforms.reports.contributions import SHOWN, contributions, mean_change, rounded_parts

SCORES = st.dictionaries(
    st.text("ABCDEFGH", min_size=1, max_size=2), st.decimals(0, 100, places=2), min_size=1, max_size=30
)


def mean(scores):
    return Fraction(sum(scores.values())) / len(scores)


def shown(before, now, since="2026-09"):
    return mean_change(since, before, now, {"A": "Anna"})


def test_of_those_who_stayed_each_adds_a_share_of_the_own_change():
    found = contributions({"A": Decimal(80), "B": Decimal(90)}, {"A": Decimal(90), "B": Decimal(88)})
    assert found == {"A": 5, "B": -1}


def test_who_joins_adds_what_lies_above_the_mean_before():
    found = contributions({"A": Decimal(80), "B": Decimal(80)}, {"A": Decimal(80), "B": Decimal(80), "C": Decimal(95)})
    assert found == {"A": 0, "B": 0, "C": 5}


def test_who_leaves_takes_along_what_lay_above_the_mean():
    found = contributions({"A": Decimal(70), "B": Decimal(90)}, {"A": Decimal(70)})
    assert found["B"] == -5
    assert sum(found.values()) == -10


@given(SCORES, SCORES)
def test_the_parts_come_to_the_change_of_the_mean(before, now):
    assert sum(contributions(before, now).values()) == mean(now) - mean(before)


@given(SCORES, SCORES)
def test_who_is_there_both_times_adds_the_own_change_where_as_many_are_there(before, now):
    found = contributions(before, now)
    if before.keys() == now.keys():
        assert found == {who: Fraction(now[who] - before[who]) / len(now) for who in now}


@given(SCORES, SCORES)
def test_what_is_printed_adds_up_and_is_never_a_hundredth_off(before, now):
    told, exact = shown(before, now), contributions(before, now)
    assert sum(row.points for row in told.rows) + told.rest == told.difference
    assert abs(Fraction(told.difference) - (mean(now) - mean(before))) <= Fraction(1, 200)
    assert all(abs(Fraction(row.points) - exact[row.employee_id]) < Fraction(1, 100) for row in told.rows)


@given(SCORES, SCORES)
def test_no_order_of_people_changes_anything(before, now):
    assert shown(dict(reversed(before.items())), dict(reversed(now.items()))) == shown(before, now)


def test_the_largest_stand_first_and_the_rest_in_one_line():
    before = {f"{n:02}": Decimal(80) for n in range(30)}
    told = shown(before, {who: Decimal(80) + int(who) for who in before})
    assert [row.employee_id for row in told.rows[:2]] == ["29", "28"]
    assert (len(told.rows), told.others) == (SHOWN, 30 - SHOWN)
    assert shown({"A": Decimal(1)}, {"A": Decimal(2)}).rows[0].name == "Anna"


def test_one_person_more_than_fits_is_listed_and_not_called_the_rest():
    before = {f"{n:02}": Decimal(80) for n in range(SHOWN + 1)}
    assert (shown(before, before).others, len(shown(before, before).rows)) == (0, SHOWN + 1)


def test_without_a_period_before_there_is_nothing_to_tell():
    assert shown({}, {"A": Decimal(1)}) is None
    assert shown({"A": Decimal(1)}, {}) is None
    assert shown({"A": Decimal(1)}, {"A": Decimal(1)}, since=None) is None


def test_thirds_are_settled_by_the_largest_remainder():
    assert rounded_parts({"A": Fraction(1, 3), "B": Fraction(1, 3), "C": Fraction(1, 3)}) == {
        "A": Decimal("0.34"), "B": Decimal("0.33"), "C": Decimal("0.33"),
    }  # fmt: skip
