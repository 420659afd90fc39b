"""Scores in groups of people: small groups cannot be read off, and chance is told beside every difference."""

from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sample_company import company_of, report
from transforms.reports.fairness import DRAWS, SMALLEST, chance, fairness, large_enough, partition

sizes = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 12), min_size=1)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({"a": 5, "b": 6}, "ab"),
        ({"a": 4, "b": 6, "c": 9}, "c"),  # b goes with a, whose mean would follow from the total
        ({"a": 2, "b": 1, "c": 9}, ""),  # three people are too few to be told together, so c goes too
        ({"a": 2, "b": 3, "c": 9}, "c"),
        ({"a": 3}, ""),
        ({"a": 8}, "a"),
        ({"a": 1, "b": 7, "c": 7, "d": 7}, "cd"),
    ],
)
def test_a_small_group_takes_others_with_it_until_nothing_follows(told, shown):
    assert "".join(sorted(large_enough(told))) == shown


@given(sizes)
def test_what_is_hidden_is_nothing_everything_or_two_groups_of_five_together(told):
    hidden = {key: size for key, size in told.items() if key not in large_enough(told)}
    assert all(size >= SMALLEST for key, size in told.items() if key not in hidden)
    assert len(hidden) != 1 or len(told) == 1
    assert not hidden or len(hidden) == len(told) or sum(hidden.values()) >= SMALLEST


@given(sizes)
def test_no_more_is_hidden_than_must_be(told):
    shown = large_enough(told)
    assert (len(shown) == len(told)) == (min(told.values()) >= SMALLEST)


def means_that_follow(printed, total, people):
    """What a reader can compute of groups that are not printed: the mean of what is left, where it is one group."""
    shown = sum((group.spread.mean * group.people for group in printed), Decimal(0))
    left = people - sum(group.people for group in printed)
    return (total * people - shown) / left if left else None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(40, 100), min_size=1, max_size=9), min_size=1, max_size=6))
def test_nobody_can_compute_the_mean_of_a_group_that_is_not_shown(told):
    """The remainder of the total is a mix of two groups or more, of five people or more: no group's own mean."""
    results = company_of({f"d{n}": scores for n, scores in enumerate(told)})
    page = report(results)
    rows = {row.department_id: row for row in page.departments}
    hidden = [scores for n, scores in enumerate(told) if rows[f"d{n}"].mean is None]
    for each in (row for row in rows.values() if row.mean is None):
        assert (each.hidden, each.spread.count, each.grades, each.trend, each.change) == (True, 0, (), (), None)
    assert all(len(scores) >= SMALLEST for n, scores in enumerate(told) if rows[f"d{n}"].mean is not None)
    groups = [group for each in page.fairness.partitions for group in each.groups]
    left = means_that_follow(groups, page.mean, page.scored) if len(told) > 1 else None
    if hidden and len(told) > 1:
        assert len(hidden) > 1
        assert left is not None
        assert sum(map(len, hidden)) >= SMALLEST or not groups
        together = list(chain.from_iterable(hidden))
        assert abs(left - Decimal(sum(together)) / len(together)) < Decimal("0.001")


def test_groups_that_cannot_differ_by_chance_are_told_so():
    low, high = [Decimal(60 + n) for n in range(10)], [Decimal(90 + n) for n in range(10)]
    found = chance([low, high])
    assert found.as_wide == 0
    assert found.share == Decimal(1) / (DRAWS + 1)


def test_equal_scores_always_come_about_by_chance():
    found = chance([[Decimal(80)] * 5, [Decimal(80)] * 6])
    assert found.as_wide == DRAWS
    assert found.share == 1


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.integers(0, 100), min_size=2, max_size=6), min_size=2, max_size=4))
def test_chance_says_the_same_again_and_in_any_order_of_people(told):
    groups = [[Decimal(score) for score in scores] for scores in told]
    assert chance(groups) == chance([list(reversed(scores)) for scores in groups])


def test_one_group_has_nothing_to_differ_from():
    assert chance([[Decimal(80)] * 6]) is None


def test_every_criterion_that_the_data_tells_stands_there_in_its_order():
    tenures = ["from_3_years"] * 6 + ["under_6_months"] * 6
    people = [{"tenure": tenure, "shop": "tm", "shop_title": "旗舰店"} for tenure in tenures]
    page = fairness(company_of({"cs": list(range(80, 92)), "ops": [70] * 5}, {"cs": people}))
    assert [each.key for each in page.partitions] == ["department", "shop", "tenure"]
    assert page.left_out == ("shift",)
    shop, tenure = page.partitions[1:]
    assert [(group.key, group.title and group.title.zh_hans) for group in shop.groups] == [
        ("tm", "旗舰店"), ("unknown", None),
    ]  # fmt: skip
    assert [group.key for group in tenure.groups] == ["under_6_months", "from_3_years", "unknown"]


def test_a_difference_is_to_the_mean_of_all():
    told = partition("department", {"a": [Decimal(90)] * 5, "b": [Decimal(70)] * 5}, {})
    assert [group.difference for group in told.groups] == [10, -10]
    assert told.gap == 20


def test_people_without_a_score_are_in_no_group():
    page = fairness(company_of({"cs": [80] * 5 + [None] * 3, "ops": [90] * 5}))
    assert [group.people for group in page.partitions[0].groups] == [5, 5]
    assert fairness(company_of({"cs": [None] * 6, "ops": [None]})).partitions == ()
