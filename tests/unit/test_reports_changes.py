"""What changed, carried pay, slips and answers as values: who may read what, what is listed and what is counted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.report_slips import slips
from flows.warehouse.basis import Basis
from flows.warehouse.ledger import record
from tests.ledger import NOON, company, person, results, revision_input
from tests.sample_changes import (
    COLLEAGUE,
    DESK,
    EXEMPTED,
    SECRET,
    WHO,
    answers,
    changed,
    first,
    revised,
    since_first,
    told,
)
from transforms.corrections.model import CarriedLine
from transforms.errors import NotFoundError
from transforms.metrics.model import Unit
from transforms.reports import acknowledgement_report
from transforms.reports.carried import carried_sums, carried_views
from transforms.reports.changes import LISTED, employee_changes, pay_fen
from transforms.revisions import Cause, Change
from transforms.scoring.results import ConsequenceResult
from transforms.titles import Title

NAME = Title(zh_hans="指标", en="Indicator")
BECAUSE = Cause(kind="correction", key="C-1", says=Title(zh_hans="更正 C-1"))


def change(what="indicator", key="csat_rate", **more):
    """A change of E2002's, 80 to 90 unless told."""
    said = {"before": "80", "after": "90", "unit": Unit.POINTS, "scheme": "s01", "causes": (BECAUSE,)}
    fixed = {"level": "employee", "subject_id": WHO, "department_id": DESK, "title": NAME}
    return Change.model_validate(fixed | said | {"what": what, "key": key} | more)


def view(*found, consequences=None):
    """What E2002 reads of these changes."""
    after = revised()
    since = since_first()
    since = since.model_copy(update={"changes": since.changes.model_copy(update={"changes": found})})
    one = next(each for each in after.people if each.employee_id == WHO)
    one = one.model_copy(update={"carried": (), "consequences": consequences or one.consequences})
    return employee_changes(one, told(after).model_copy(update={"against": {f"employee:{WHO}": since}}))


def test_the_score_the_grade_and_the_rank_come_before_lines():
    points = change("points", "sheet.line", title=Title(zh_hans="行"))
    rank = change("rank", "rank", before="3/14", after="1/14", unit=None)
    said = view(points, change(), rank, change("score", "score", title=Title(zh_hans="总分")))
    assert [line.title.zh_hans for line in said.lines] == ["总分", "指标", "指标", "行"]
    assert (said.lines[1].before_title, said.lines[1].after_title) == (Title(zh_hans="3/14"), Title(zh_hans="1/14"))


def test_a_rank_that_was_not_there_is_a_dash():
    said = view(change("rank", "rank", before="None/14", after="1/14", unit=None))
    assert said.lines[0].before_title == Title(zh_hans="–/14")


def test_what_is_no_main_number_is_counted_and_not_listed():
    said = view(change(), change(aspect="value"), change("wording"), change("metric"))
    assert (len(said.lines), said.more) == (1, 3)


def test_a_trial_and_somebody_elses_changes_are_not_there():
    assert view(change(counts="trial"), change(subject_id=COLLEAGUE)) is None


def test_what_only_hr_may_judge_is_not_even_counted():
    secret = ConsequenceResult(
        scheme="s01", key="dismissal", effect="dismiss", title=NAME, says=NAME, follows_from=(), hr_only=True
    )
    hidden = change("consequence", "dismissal"), change("wording", "dismissal")
    assert view(*hidden, consequences=(secret,)) is None
    shown = secret.model_copy(update={"hr_only": False})
    assert view(*hidden, consequences=(shown,)).more == 2


@given(st.lists(st.sampled_from(["score", "indicator", "points", "metric", "wording"]), max_size=40))
def test_every_change_is_listed_or_counted(whats):
    found = [change(what, f"key{number}", title=Title(zh_hans=f"{number}")) for number, what in enumerate(whats)]
    said = view(*found)
    if not found:
        assert said is None
    else:
        assert len(said.lines) + said.more == len(found)
        assert len(said.lines) <= LISTED


def test_nothing_mailed_before_nothing_to_tell():
    one = revised().people[0]
    assert employee_changes(one, told(revised()).model_copy(update={"against": {}})) is None


def test_the_same_results_have_no_changes_on_any_page():
    same = first()
    assert [changed(*name, after=same).changes for name in (("employee", WHO), ("department", DESK), ("company",))] == [
        None, None, None,
    ]  # fmt: skip


def test_no_report_of_a_person_names_another_or_a_reason():
    ids = [each.employee_id for each in revised().people]
    for who in (WHO, COLLEAGUE):
        text = changed("employee", who).changes.model_dump_json()
        assert [each for each in ids if each in text] == []
        assert SECRET not in text


def test_the_money_is_all_that_is_paid_and_trials_pay_nothing():
    before = next(each for each in first().people if each.employee_id == WHO)
    after = next(each for each in revised().people if each.employee_id == WHO)
    paying = [each for each in before.appraisals if each.pay and each.counts != "trial"]
    assert pay_fen(before) == sum(each.pay.total_fen for each in paying)
    assert pay_fen(after) - pay_fen(before) == 20000 - 1230
    assert changed("employee", WHO).changes.money.difference_fen == 18770
    tried = before.model_copy(
        update={"appraisals": tuple(each.model_copy(update={"counts": "trial"}) for each in before.appraisals)}
    )
    assert pay_fen(tried) == 0


def test_the_department_lists_who_changed_those_of_own_facts_first():
    said = changed("department", DESK).changes
    assert [(row.employee_id, row.own) for row in said.people] == [(WHO, True), (COLLEAGUE, False)]
    assert said.people[0].rank == (13, 2)
    assert said.money.difference_fen == sum(row.pay_fen[1] - row.pay_fen[0] for row in said.people)


def test_another_department_has_nothing_to_tell():
    assert changed("department", "marketing").changes is None


@given(st.lists(st.tuples(st.sampled_from(["2026-08", "2026-09"]), st.integers(-(10**9), 10**9)), max_size=12))
def test_carried_lines_add_up_period_by_period(lines):
    told_lines = tuple(
        CarriedLine(
            from_period=period, employee_id="E1", scheme="s", scheme_title=NAME, key=f"k{n}", title=NAME,
            amount_fen=fen, because=(), says=NAME,
        )
        for n, (period, fen) in enumerate(lines)
    )  # fmt: skip
    views = carried_views(told_lines)
    assert sum(each.total_fen for each in views) == sum(fen for _, fen in lines)
    assert [each.from_period for each in views] == sorted({period for period, _ in lines})
    sums = carried_sums([person("E1").model_copy(update={"carried": told_lines})])
    assert [(each.from_period, each.total_fen) for each in sums] == [
        (each.from_period, each.total_fen) for each in views
    ]


def test_exempt_and_decided_lines_keep_their_note_in_the_view():
    lines = changed("employee", WHO).cards[0].indicators
    assert [line.key for line in lines if line.corrected] == [EXEMPTED, "cross_department"]


def test_everybody_of_a_department_is_on_its_list_and_the_silent_too():
    rows = changed("acknowledgement", DESK).answers.rows
    assert len(rows) == 14
    assert [(row.employee_id, row.state) for row in rows[:2]] == [("E2004", "objecting"), ("E2002", "silent")]
    assert rows[-1].employee_id == "E2001"


def test_a_list_of_an_unknown_department_names_those_there_are():
    with pytest.raises(NotFoundError, match="no department nowhere"):
        acknowledgement_report(revised(), "nowhere", answers(), told(revised()))


def paid(fen, period):
    """Results in which E1 is paid that much."""
    line = CarriedLine(
        from_period="2026-01", employee_id="E1", scheme="s", scheme_title=NAME, key="k", title=NAME, amount_fen=fen,
        because=(), says=NAME,
    )  # fmt: skip
    return results((person("E1").model_copy(update={"carried": (line,)}),), period=period)


def made(ledger, period, fen, hour, *, slip=False):
    """A revision of a period, so many hours after noon."""
    at = NOON + timedelta(hours=hour)
    basis = Basis(as_of=at.date(), journal_until=0, revisions_until=0, after_closing=slip)
    return record(ledger, revision_input(f"s{hour}", period, created_at=at, results=paid(fen, period), basis=basis))


def test_the_next_report_tells_the_slips_made_since_the_report_before(ledger, tmp_path):
    made(ledger, "2026-09", 1000, 0)
    made(ledger, "2026-09", 1500, 1, slip=True)  # before October's report, which told it
    october = made(ledger, "2026-10", 2000, 2)
    made(ledger, "2026-10", 2700, 3, slip=True)
    made(ledger, "2026-10", 3230, 4, slip=True)
    made(ledger, "2026-09", 1400, 5, slip=True)
    november = made(ledger, "2026-11", 3000, 6)
    found = slips(ledger, company(tmp_path), november)
    assert {who: [(s.period, s.amount_fen) for s in told] for who, told in found.items()} == {
        "E1": [("2026-09", -100), ("2026-10", 1230)]
    }
    assert [(s.period, s.amount_fen) for s in slips(ledger, company(tmp_path), october)["E1"]] == [("2026-09", 500)]


def test_without_slips_there_is_nothing_to_tell(ledger, tmp_path):
    made(ledger, "2026-10", 2000, 1)
    made(ledger, "2026-10", 2500, 2)
    assert slips(ledger, company(tmp_path), made(ledger, "2026-11", 1, 3)) == {}


def test_a_change_of_no_number_is_still_a_line():
    gone = view(change(before="80", after=None))
    assert (gone.lines[0].before, gone.lines[0].after) == (Decimal(80), None)
