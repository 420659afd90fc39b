"""Laws of the procedures: whatever people try in whatever order, no rule on persons is got round."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.appeals.acts import Assigned, Decided, Escalated, Filed
from flows.appeals.deadlines import Deadlines
from flows.appeals.procedure import Appeal, Rules, after, begun, require
from flows.closing.checklist import Item, holding, may_sign, with_waivers
from flows.closing.entries import SIGNATURE, WAIVER, Signature, Waiver
from flows.company import Officers
from flows.warehouse.journal import Entry
from flows.warehouse.ledger_rows import body_of
from flows.working_calendar import WorkingCalendar
from transforms.errors import RuleError
from transforms.wording import three

PEOPLE = ("E1", "E2", "E3", "E4", "E5")
RATER = "E4"
START = date(2026, 11, 23)
people = st.sampled_from(PEOPLE)
days = st.integers(0, 60).map(lambda n: START + timedelta(n))
officers = st.builds(
    Officers,
    hr=st.lists(people, unique=True, max_size=3).map(tuple),
    finance=st.lists(people, unique=True, max_size=2).map(tuple),
    final_instance=st.lists(people, unique=True, max_size=3).map(tuple),
)
acts = st.one_of(
    st.builds(Assigned, judge_id=people, on=days),
    st.builds(
        Decided, outcome=st.sampled_from(["upheld", "partly", "rejected"]), reason=st.just("r"), on=days,
        correction_id=st.sampled_from([None, "C-1"]),
    ),
    st.builds(Escalated, reason=st.just("r"), on=days, by_itself=st.booleans(), late=st.sampled_from(["", "ill"])),
)  # fmt: skip
DUE = Deadlines(WorkingCalendar(), 5, 10, 5)


def filed() -> Filed:
    return Filed(
        period="2026-10", employee_id="E1", key="score", scheme=None, title=three("总分", "總分", "Score"), expected="90",
        said="80", found="score 80", reason="r", evidence="e", revision_number=1, on=START, last_day=START,
    )  # fmt: skip


def tried(appeal: Appeal, told: list, named: Officers) -> list[tuple[Appeal, object, str]]:
    """The acts that were allowed, each with the appeal before it."""
    done = []
    for act, by in told:
        rules = Rules(named, {RATER: "he rated it"}, DUE.due_on(appeal), DUE.escalate_until(appeal))
        try:
            require(appeal, act, by, rules)
        except RuleError:
            continue
        done.append((appeal, act, by))
        appeal = after(appeal, act, by)
    return [*done, (appeal, None, "")]


@given(st.lists(st.tuples(acts, people), max_size=40), officers, st.sampled_from(["E1", "E2"]))
def test_no_order_of_acts_gets_round_the_rules(told, named, filer):
    done = tried(begun(filed(), filer), told, named)
    decisions = [(before, by) for before, act, by in done if isinstance(act, Decided)]
    assert all(
        by not in {"E1", filer, RATER} for _, by in decisions
    )  # nobody judges his own, or what he filed or rated
    assert all(act.judge_id not in {"E1", filer, RATER} for _, act, _ in done if isinstance(act, Assigned))
    assert len([by for before, by in decisions if before.state == "assigned"]) <= 1  # each instance decides once
    assert len([by for before, by in decisions if before.state == "escalated"]) <= 1
    assert len(decisions) <= 2
    assert all(
        before.decision is None for before, act, _ in done if isinstance(act, Assigned)
    )  # none is given away after
    assert len([act for _, act, _ in done if isinstance(act, Escalated)]) <= 1


@given(st.lists(st.tuples(acts, people), max_size=40), officers)
def test_the_final_instance_has_the_last_word_and_is_another_person(told, named):
    end = tried(begun(filed(), "E1"), told, named)[-1][0]
    if end.state == "final":
        assert end.last is not None
        assert end.last_judge_id != end.judge_id
        assert end.last_judge_id in (named.final_instance or PEOPLE)
        assert tried(end, told, named) == [(end, None, "")]


@given(days)
def test_every_step_is_due_on_a_working_day_after_the_one_before(on):
    appeal = begun(filed().model_copy(update={"on": on}), "E1")
    investigated = DUE.due_on(appeal)
    answered = DUE.due_on(after(appeal, Assigned(judge_id="E2", on=on), "E3"))
    assert on < investigated < answered
    assert {investigated.weekday(), answered.weekday()} <= set(range(5))
    assert [DUE.overdue(appeal, investigated + timedelta(n)) for n in (0, 1)] == [False, True]


def entry(number: int, kind: str, key: str, body, by: str) -> Entry:
    at = datetime(2026, 11, 30, 9, number % 60, tzinfo=UTC)
    return Entry(number, "2026-10", kind, key, body_of(body), at, by, "")


def history(steps) -> list[Entry]:
    """A journal of signatures, waivers and things that change the numbers."""
    bodies = {
        SIGNATURE: Signature(revision_id=1, revision_number=1),
        WAIVER: Waiver(item="sheets", revision_id=1, covers=("E4",), reason="r"),
        "correction": three("x", "x", "x"), "ack": three("x", "x", "x"), "basis": three("x", "x", "x"),
    }  # fmt: skip
    return [entry(n, kind, "1", bodies[kind], by) for n, (kind, by) in enumerate(steps, 1)]


steps = st.lists(st.tuples(st.sampled_from([SIGNATURE, WAIVER, "correction", "ack", "basis"]), people), max_size=25)


@given(steps)
def test_a_signature_holds_exactly_until_something_changes(told):
    journal = history(told)
    held = {each.by for each in holding(journal, 1)}
    expected: set[str] = set()
    for kind, by in told:
        if kind in {WAIVER, "correction", "basis"}:
            expected = set()
        elif kind == SIGNATURE:
            expected.add(by)
    assert held == expected
    assert holding(journal, 2) == ()  # of another revision nothing holds


@given(st.lists(people, max_size=6), officers)
def test_two_signatures_are_of_two_persons_of_the_right_lists(attempts, named):
    signed: list[str] = []
    for by in attempts:
        if len(signed) < 2 and not may_sign(named, signed, by):
            signed.append(by)
    assert len(set(signed)) == len(signed)
    if len(signed) == 2:
        first, second = named.hr or PEOPLE, named.finance or named.hr or PEOPLE
        assert any(a in first and b in second for a, b in (signed, signed[::-1]))


@given(st.sets(people, min_size=1), st.sets(people), st.integers(1, 2))
def test_a_waiver_covers_what_was_open_then_and_nothing_else(is_open, covered, revision):
    waiver = Waiver(item="sheets", revision_id=1, covers=tuple(sorted(covered)), reason="r")
    item = Item("sheets", "owed", "", tuple(sorted(is_open)))
    (found,) = with_waivers([item], [entry(1, WAIVER, "sheets", waiver, "E5")], revision)
    assert (found.state == "waived") is (revision == 1 and is_open <= covered)
