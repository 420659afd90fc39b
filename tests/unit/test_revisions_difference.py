"""What two results say otherwise, read as a table of changes."""

from decimal import Decimal

from tests.ledger import department, person, results
from tests.sample_results import results as month
from transforms.revisions import Change, difference
from transforms.scoring.results import PeriodResults


def told(before: PeriodResults, after: PeriodResults) -> list[tuple[str, str, str, str, str | None, str | None]]:
    return [(x.subject_id, x.what, x.key, x.aspect, x.before, x.after) for x in difference(before, after)]


def with_first_line(of: PeriodResults, **update: object) -> PeriodResults:
    """The same with another first line on the first card of the first person."""
    who = of.people[0]
    card = who.cards[0]
    line = card.indicators[0].model_copy(update=update)
    other = card.model_copy(update={"indicators": (line, *card.indicators[1:])})
    return of.model_copy(update={"people": (who.model_copy(update={"cards": (other, *who.cards[1:])}), *of.people[1:])})


def test_the_same_results_differ_in_nothing():
    assert difference(results(), results()) == ()


def test_a_score_a_grade_and_a_rank_are_changes_of_their_own():
    after = person("E1", "91.00").model_copy(update={"grade": "excellent", "rank": 2})
    assert told(results((person("E1"),)), results((after,))) == [
        ("E1", "score", "score", "", "87.35", "91.00"),
        ("E1", "grade", "grade", "", "good", "excellent"),
        ("E1", "rank", "rank", "", "1/2", "2/2"),
    ]


def test_the_same_number_with_more_digits_is_another_text():
    assert told(results((person("E1", "87.5"),)), results((person("E1", "87.50"),))) == [
        ("E1", "score", "score", "", "87.5", "87.50")
    ]


def test_somebody_who_appears_and_somebody_who_is_gone():
    found = told(results((person("E1"),)), results((person("E2"),)))
    assert ("E2", "membership", "department", "", None, "customer_service") in found
    assert ("E1", "membership", "department", "", "customer_service", None) in found
    assert ("E1", "score", "score", "", "87.35", None) in found


def test_a_mean_follows_from_others():
    before, after = (
        results(departments=(department().model_copy(update={"mean_score": m}),)) for m in (None, Decimal(9))
    )
    (mean,) = difference(before, after)
    assert (mean.level, mean.what, mean.key, mean.after, mean.own) == ("department", "value", "mean_score", "9", False)


def test_a_rank_alone_is_not_the_persons_own_doing():
    (rank,) = difference(results((person("E1"),)), results((person("E1").model_copy(update={"rank": 2}),)))
    assert rank.own is False


def test_a_line_is_named_by_its_indicator_and_scheme():
    line = month().people[0].cards[0].indicators[0]
    (change,) = difference(month(), with_first_line(month(), score=Decimal("1.25")))
    assert (change.what, change.key, change.aspect, change.after) == ("indicator", line.key, "", "1.25")
    assert change.scheme == month().people[0].cards[0].scheme
    assert change.title == line.title


def test_a_sentence_alone_is_a_wording_and_says_which_words():
    line = month().people[0].cards[0].indicators[0]
    other = line.says.model_copy(update={"en": "Something else."})
    (change,) = difference(month(), with_first_line(month(), says=other))
    assert (change.what, change.key, change.after) == ("wording", line.key, "says.en: Something else.")


def test_words_are_not_listed_where_a_number_says_it():
    line = month().people[0].cards[0].indicators[0]
    changed = with_first_line(month(), score=Decimal("1.25"), trace=line.trace.model_copy(update={"label": "x"}))
    assert [each.what for each in difference(month(), changed)] == ["indicator"]


def test_pay_is_in_fen_and_a_pools_share_is_the_persons():
    found = difference(month(), _half_pay(month()))
    pay = {each.key: each for each in found if each.what == "pay"}
    assert pay["total"].unit == "fen"
    assert pay["total"].title.en == "Total pay: " + str(_paid(month()).appraisals[0].scheme_title.en)
    assert pay["base"].before == "450000"
    assert pay["base"].after == "225000"


def _paid(of: PeriodResults):
    return next(each for each in of.people if each.appraisals and each.appraisals[0].pay)


def _half_pay(of: PeriodResults) -> PeriodResults:
    who = _paid(of)
    pay = who.appraisals[0].pay
    lines = tuple(line.model_copy(update={"amount_fen": line.amount_fen // 2}) for line in pay.lines)
    less = pay.model_copy(update={"lines": lines, "total_fen": sum(line.amount_fen for line in lines)})
    one = who.appraisals[0].model_copy(update={"pay": less})
    other = who.model_copy(update={"appraisals": (one, *who.appraisals[1:])})
    return of.model_copy(update={"people": tuple(other if each is who else each for each in of.people)})


def test_filtered_contacts_and_values_are_listed_of_whom_they_are():
    more = results().model_copy(update={"filtered": {"E1": {"after_sales": 99}}, "values": ()})
    found = {(each.subject_id, each.what, each.after) for each in difference(results(), more)}
    assert ("E1", "value", "99") in found
    assert ("E1", "metric", None) in found


def test_another_order_is_told_as_such():
    one, two = person("E1"), person("E2")
    (change,) = difference(
        results((one, two)), results((two, one)).model_copy(update={"departments": results((one, two)).departments})
    )
    assert (change.level, change.what, change.before, change.after) == ("company", "wording", "E1, E2", "E2, E1")


def test_the_order_of_changes_is_fixed():
    after = with_first_line(month(), score=Decimal(3), points=Decimal(4), actual=Decimal(5))
    found: tuple[Change, ...] = difference(month(), after)
    assert [each.aspect for each in found] == ["", "points", "value"]
    assert found == difference(month(), after)
