"""Whether a correction fits the contract and the rules: each refusal, and what is let through."""

from decimal import Decimal

import pytest

from tests.corrected_company import TOLD, decided, fact, owned, paid
from transforms.corrections.checking import check, check_row, normalised
from transforms.corrections.clashing import clash
from transforms.corrections.model import Correction, Decision, Withdrawal
from transforms.corrections.persons import check_persons
from transforms.corrections.standing import standing
from transforms.corrections.trouble import Known, Sort
from transforms.corrections.values import read, written
from transforms.tables import TABLES

KNOWN = Known(
    ids={"employees.employee_id": frozenset({"E1", "E2", "M1"}), "shops.shop_id": frozenset({"s1"}),
         "departments.department_id": frozenset({"desk"}), "accounts.account_id": frozenset({"acc-E1"}),
         "orders.order_id": frozenset({"o1"}), "targets.metric": frozenset({"paid_amount"}),
         "judgements.indicator": frozenset({"knowledge"})},
    lines={"monthly": frozenset({"conversion"}), "points": frozenset({"praise", "sheet.praise"})},
    scoring=frozenset({"monthly"}),
)  # fmt: skip
JUDGED = {"employee_id": "E1", "indicator": "knowledge", "period": "2026-10", "rater_id": "M1", "role": "manager"}
AGREED = {"level": "employee", "subject_id": "E1", "metric": "paid_amount", "period": "2026-10"}
GIVEN = {"score": "88", "given_at": "2026-11-02 09:00:00"}
ORDER = {"order_id": "o1", "shop_id": "s1"}
RATED = {"rating_id": "r1", "shop_id": "s1"}


@pytest.mark.parametrize("correction", [
    paid("o1", 12900),
    fact("orders", ORDER, {"paid_at": None}),
    fact("orders", ORDER, {}, act="remove"),
    fact("ratings", RATED, {"account_id": "acc-E1", "score": "4.5", "resolved": "true"}),
    fact("judgements", JUDGED, {"score": "100"}),
    fact("judgements", JUDGED, GIVEN, act="add"),
    fact("targets", AGREED, {"value": "400000"}),
    fact("targets", AGREED | {"level": "department", "subject_id": "desk"}, {"value": "1"}),
    fact("targets", AGREED | {"level": "company", "subject_id": "company"}, {"value": "1"}),
    owned("o1", "E2"),
    owned("o1", None),
    decided("exempt", "E1", "conversion"),
    decided("override", "E1", "conversion", "0"),
    decided("override", "E1", "score", "100"),
    decided("override", "E1", "sheet.praise", "-12.5"),
])  # fmt: skip
def test_what_fits(correction: Correction) -> None:
    assert check(correction, KNOWN) == ()


@pytest.mark.parametrize(("correction", "place", "sort", "says"), [
    (fact("sales", ORDER, {"x": "1"}), "table", Sort.MISSING, "there is no table sales"),
    (fact("messages", {"message_id": "m", "shop_id": "s1"}, {"kind": "auto"}), "table", Sort.RULE, "not corrected"),
    (fact("orders", {"order_id": "o1"}, {"paid_at": None}), "key", Sort.WRITTEN, "lacks shop_id"),
    (fact("orders", ORDER | {"day": "1"}, {"paid_at": None}), "key", Sort.WRITTEN, "day is no part"),
    (fact("orders", ORDER, {"amount": "1"}), "set", Sort.MISSING, "no column amount"),
    (fact("orders", ORDER, {"shop_id": "s1"}), "set", Sort.WRITTEN, "part of the key"),
    (fact("orders", ORDER, {}), "set", Sort.WRITTEN, "nothing is set"),
    (fact("orders", ORDER, {"status": "paid"}, act="remove"), "set", Sort.WRITTEN, "has no values"),
    (fact("orders", ORDER, {"status": "paid"}, act="add"), "set", Sort.WRITTEN, "lacks buyer_id, created_at"),
    (fact("orders", ORDER, {"paid_amount_fen": "129.00 yuan"}), "set", Sort.WRITTEN, "is no value"),
    (fact("orders", ORDER, {"paid_amount_fen": "129.5"}), "set", Sort.WRITTEN, "is no value"),
    (fact("orders", ORDER, {"paid_amount_fen": "-1"}), "set", Sort.WRITTEN, "below 0"),
    (fact("orders", ORDER, {"paid_amount_fen": "9" * 30}), "set", Sort.WRITTEN, "too large"),
    (fact("orders", ORDER, {"status": "gone"}), "set", Sort.WRITTEN, "is no value"),
    (fact("orders", ORDER, {"status": None}), "set", Sort.WRITTEN, "may not be empty"),
    (fact("orders", ORDER, {"created_at": "2026-10-32 10:00:00"}), "set", Sort.WRITTEN, "is no value"),
    (fact("orders", ORDER, {"created_at": "2026-10-02 10:00:00+08:00"}), "set", Sort.WRITTEN, "is no value"),
    (fact("orders", ORDER | {"shop_id": "s9"}, {"paid_at": None}), "key", Sort.MISSING, "there is no s9"),
    (fact("ratings", RATED, {"account_id": "acc-X"}), "set", Sort.MISSING, "there is no acc-X"),
    (fact("judgements", JUDGED, {"score": "100.1"}), "set", Sort.WRITTEN, "above 100"),
    (fact("judgements", JUDGED | {"indicator": "nope"}, {"score": "1"}), "key", Sort.MISSING, "there is no nope"),
    (fact("targets", AGREED | {"metric": "nope"}, {"value": "1"}), "key", Sort.MISSING, "there is no nope"),
    (fact("targets", AGREED | {"subject_id": "E9"}, {"value": "1"}), "employee", Sort.MISSING, "no employee E9"),
    (owned("o9", "E1"), "order", Sort.MISSING, "no order o9"),
    (owned("o1", "E9"), "employee", Sort.MISSING, "no employee E9"),
    (decided("exempt", "E1", "nope"), "indicator", Sort.MISSING, "nobody is judged by nope"),
    (decided("exempt", "E1", "praise"), "indicator", Sort.MISSING, "nobody is judged by praise"),
    (decided("exempt", "E1", "score"), "indicator", Sort.WRITTEN, "cannot be exempt"),
    (decided("exempt", "E1", "conversion", "1"), "value", Sort.WRITTEN, "has no value"),
    (decided("override", "E1", "conversion"), "value", Sort.WRITTEN, "no value is told"),
    (decided("override", "E1", "conversion", "100.01"), "value", Sort.WRITTEN, "is no score"),
    (decided("override", "E1", "score", "-1"), "value", Sort.WRITTEN, "is no score"),
    (decided("override", "E9", "conversion", "1"), "employee", Sort.MISSING, "no employee E9"),
    (paid("o1", 1, reason="  "), "reason", Sort.WRITTEN, "reason is empty"),
    (paid("o1", 1, evidence=""), "evidence", Sort.WRITTEN, "evidence is empty"),
    (paid("o1", 1, asked_by="E9"), "asked_by", Sort.MISSING, "no employee E9"),
    (paid("o1", 1, asked_by="M1"), "approved_by", Sort.RULE, "M1 asked for it"),
    (paid("o1", 1, period="2026-13"), "period", Sort.WRITTEN, ""),
])  # fmt: skip
def test_what_is_refused(correction: Correction, place: str, sort: Sort, says: str) -> None:
    found = check(correction, KNOWN)
    assert [(each.place, each.sort) for each in found] == [(place, sort)], found
    assert says in found[0].what
    assert found[0].todo


def test_a_correction_says_one_thing() -> None:
    both = paid("o1", 1).model_copy(update={"attribution": owned("o1", "E1").attribution})
    assert [each.place for each in check(both, KNOWN)] == ["kind"]
    assert [each.place for each in check(Correction(kind="fact", **TOLD), KNOWN)] == ["kind"]


@pytest.mark.parametrize("correction", [
    fact("judgements", JUDGED, {"score": "1"}).model_copy(update={"kind": "fact"}),
    paid("o1", 1).model_copy(update={"kind": "target"}),
    owned("o1", "E1").model_copy(update={"kind": "fact"}),
    decided("exempt", "E1", "conversion").model_copy(update={"kind": "override"}),
])  # fmt: skip
def test_the_kind_is_what_it_is(correction: Correction) -> None:
    assert [each.place for each in check(correction, KNOWN)] == ["kind"]


def test_a_scheme_that_is_named_is_looked_into() -> None:
    named = Decision(act="exempt", subject_id="E1", key="praise", scheme="points")
    assert check(Correction(kind="exemption", decision=named, **TOLD), KNOWN) == ()
    unknown = named.model_copy(update={"scheme": "yearly"})
    assert [each.place for each in check(Correction(kind="exemption", decision=unknown, **TOLD), KNOWN)] == ["scheme"]


def test_nobody_approves_what_concerns_himself() -> None:
    assert check_persons(paid("o1", 1), KNOWN, ["E1"]) == ()
    (found,) = check_persons(paid("o1", 1, approved_by="E1"), KNOWN, ["E1", "E2"])
    assert (found.place, found.sort) == ("approved_by", Sort.RULE)
    back = Withdrawal(correction_id="C-1", reason="r", evidence="e", asked_by="M1", approved_by="E1")
    assert check_persons(back, KNOWN, ["E1"]) == (found,)


def test_only_hr_approves_where_it_is_named() -> None:
    named = Known(ids=KNOWN.ids, hr=("E2",))
    (found,) = check_persons(paid("o1", 1), named, [])
    assert (found.sort, found.todo) == (Sort.RULE, "officers.hr may: E2")
    assert check_persons(paid("o1", 1, asked_by="E1", approved_by="E2"), named, []) == ()


def test_a_row_is_set_where_it_is_and_added_where_it_is_not() -> None:
    change = paid("o1", 12900).row
    assert check_row(change, None)[0].sort is Sort.MISSING
    assert check_row(change, {"paid_amount_fen": "10000"}) == ()
    assert check_row(change, {"paid_amount_fen": None}) == ()
    assert "already" in check_row(change, {"paid_amount_fen": "12900"})[0].what
    added = fact("judgements", JUDGED, GIVEN, act="add").row
    assert check_row(added, None) == ()
    assert "already" in check_row(added, {"score": "88.0000"})[0].what
    gone = fact("orders", ORDER, {}, act="remove").row
    assert check_row(gone, {"paid_amount_fen": "1"}) == ()
    assert check_row(gone, None)[0].sort is Sort.MISSING


@pytest.mark.parametrize(("one", "other", "clashes"), [
    (paid("o1", 1), paid("o1", 2), True),
    (paid("o1", 1), paid("o2", 1), False),
    (paid("o1", 1), fact("orders", ORDER, {"status": "cancelled"}), False),
    (paid("o1", 1), fact("orders", ORDER, {}, act="remove"), True),
    (fact("judgements", JUDGED, GIVEN, act="add"), fact("judgements", JUDGED, {"comment": "x"}), True),
    (owned("o1", "E1"), owned("o1", None), True),
    (owned("o1", "E1"), paid("o1", 1), False),
    (decided("exempt", "E1", "conversion"), decided("override", "E1", "conversion", "80"), True),
    (decided("exempt", "E1", "conversion"), decided("exempt", "E2", "conversion"), False),
    (decided("override", "E1", "score", "1"), decided("override", "E1", "conversion", "1"), False),
    (paid("o1", 1), paid("o1", 1, period="2026-09"), False),
])  # fmt: skip
def test_what_may_not_stand_together(one: Correction, other: Correction, *, clashes: bool) -> None:
    assert clash(one, other) is clash(other, one) is clashes


def test_a_decision_on_every_scheme_and_week_clashes_with_one_on_one() -> None:
    every = decided("exempt", "E1", "sheet.praise")
    week = every.model_copy(update={"decision": every.decision.model_copy(update={"window": "2026-10-01..2026-10-07"})})
    next_week = every.model_copy(
        update={"decision": every.decision.model_copy(update={"window": "2026-10-08..2026-10-14"})}
    )
    assert clash(every, week)
    assert not clash(week, next_week)


def test_the_same_value_is_the_same_correction() -> None:
    ways = ("88", " 88.0 ", "88.0000", "+88", "８８")
    ids = {normalised(fact("judgements", JUDGED, {"score": text})).id for text in ways}
    assert len(ids) == 1


@pytest.mark.parametrize(("column", "text", "value"), [
    ("order_amount_fen", "12900.0", "12900"),
    ("delivered_accurately", "TRUE", "true"),
    ("created_at", "2026-10-05T10:05", "2026-10-05 10:05:00"),
    ("order_id", " 007 ", "007"),
])  # fmt: skip
def test_values_are_kept_in_one_way(column: str, text: str, value: str) -> None:
    assert written(TABLES["orders"].column(column), text) == value


@pytest.mark.parametrize("text", ["1e2", "0x10", "nan", "inf", "", "-", "1,000", "1.00001", "1_000"])
def test_numbers_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(TABLES["judgements"].column("score"), text)


def test_numbers_are_exact() -> None:
    assert read(TABLES["judgements"].column("score"), "87.1") == Decimal("87.1")


def test_a_withdrawal_takes_back_and_a_new_entry_stands_again() -> None:
    one, two = paid("o1", 1), paid("o2", 1)
    back = Withdrawal(correction_id=one.id, reason="r", evidence="e", asked_by="E1", approved_by="M1")
    assert standing([one, two, back]) == (two,)
    assert standing([one, back, two, one]) == tuple(sorted((one, two), key=lambda each: each.id))
    assert standing([back, one]) == (one,)
