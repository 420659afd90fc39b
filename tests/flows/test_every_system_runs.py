"""All monthly systems on the demo company, after a real month end: what S02 pays adds up, and every number has its origin."""

import json
from pathlib import Path

import pytest

from flows.settings import load_company
from flows.views import results
from tests.month_end_company import Closed, jixiao
from transforms.period import parse
from transforms.scoring.results import Appraisal, PeriodResults, PoolResult, Trace
from transforms.scoring.trace import replay

OCTOBER = parse("2026-10")
DRAFT = "s02_cs_draft"
MONTHLY = {
    "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S11", "S12", "S13", "S14", "S15", "S16", "S17",
    "S18", "S19", "S22", "S24", "S25", "S27",
}  # fmt: skip


@pytest.fixture(scope="module")
def october(closed: Closed) -> PeriodResults:
    return results(load_company(closed.root), OCTOBER)


def drafts(october: PeriodResults) -> dict[str, Appraisal]:
    found = {p.employee_id: a for p in october.people for a in p.appraisals if a.scheme == DRAFT and a.appraised}
    assert len(found) >= 10
    return found


def pools(october: PeriodResults) -> dict[str, PoolResult]:
    appraisals = [a for d in october.departments for a in d.appraisals if a.scheme == DRAFT]
    return {pool.key: pool for each in appraisals for pool in each.pools}


def test_every_monthly_system_judges_somebody(october: PeriodResults) -> None:
    scored = {card.scheme.split("_")[0] for person in october.people for card in person.cards if card.score is not None}
    beside = {
        each.scheme.split("_")[0]
        for person in october.people
        for each in person.appraisals
        if each.sheets or each.pay or (each.card and each.card.score is not None)
    }
    assert {name.upper() for name in scored | beside} == MONTHLY


def test_pools_reconcile_with_what_people_get_to_the_fen(october: PeriodResults) -> None:
    people = drafts(october)
    for key, pool in pools(october).items():
        paid = sum(line.amount_fen for each in people.values() for line in each.pay.lines if line.key == key)
        assert pool.amount_fen > 0
        assert pool.paid_fen == paid == sum(share.amount_fen for share in pool.shares)
        assert pool.amount_fen == pool.paid_fen + pool.left_fen
        assert pool.left_fen == 0 or pool.why.en
    assert set(pools(october)) == {"performance_bonus", "behaviour_bonus"}


def test_statements_add_up_and_every_number_replays(october: PeriodResults) -> None:
    for each in drafts(october).values():
        assert each.pay.total_fen == sum(line.amount_fen for line in each.pay.lines)
        assert all(replay(line.trace) == line.trace.value for line in each.pay.lines)
        for sheet in each.sheets:
            assert replay(sheet.trace) == sheet.total
            assert all(replay(line.trace) == line.points for line in sheet.lines if line.points is not None)


def test_each_agent_has_four_weeks_of_every_ranked_line(october: PeriodResults) -> None:
    weeks = {week.key for week in OCTOBER.weeks}
    for each in drafts(october).values():
        lines = next(sheet for sheet in each.sheets if sheet.key == "performance").lines
        ranked = {line.key: {part.window for part in lines if part.key == line.key} for line in lines}
        assert ranked["conversion"] == ranked["order_payment_rate"] == weeks


def test_the_commission_leads_to_orders_and_their_lines_in_the_exports(closed: Closed, october: PeriodResults) -> None:
    who = max(
        drafts(october),
        key=lambda key: sum(line.amount_fen for line in drafts(october)[key].pay.lines if line.key == "commission"),
    )
    done = jixiao("explain", who, "commission", "2026-10", "--json", "--company", str(closed.root))
    assert done.returncode == 0, done.stderr
    told = json.dumps(json.loads(done.stdout), ensure_ascii=False)
    assert "order_id" in told
    assert "inbox/" in told  # the file a row came from


def test_trials_pay_nobody_and_stand_in_no_employees_report(closed: Closed, october: PeriodResults) -> None:
    trials = {a.scheme_title.zh_hans for p in october.people for a in p.appraisals if a.counts == "trial"}
    assert len(trials) >= 8
    folder = closed.root / "data" / "reports" / "2026-10" / "r1"
    for page in folder.glob("employee-*.html"):
        assert not [title for title in trials if title in page.read_text("utf-8")]
    department = Path(folder / "department-customer_service.html").read_text("utf-8")
    assert any(title in department for title in trials)


def test_a_late_sheet_is_named_in_the_runs_findings(october: PeriodResults) -> None:
    late = [found for found in october.findings if found.check == "judgements.sheet_missing"]
    assert [found.employee_ids for found in late] == [("E5007",)]


def leaves(trace: Trace) -> set[str]:
    return {trace.op} if not trace.inputs else set().union(*map(leaves, trace.inputs))


def test_a_score_beside_hangs_on_facts_only(october: PeriodResults) -> None:
    for person in october.people:
        for each in person.appraisals:
            if each.card is not None and each.card.score is not None:
                assert replay(each.card.trace) == each.card.score
                assert leaves(each.card.trace) <= {
                    "measure",
                    "metric",
                    "judgement",
                    "target",
                    "constant",
                    "card",
                    "event",
                    "fact",
                    "missing",
                    "named",
                }


def test_who_moved_to_another_department_is_not_ranked_in_the_old_one(october: PeriodResults) -> None:
    moved = next(person for person in october.people if person.employee_id == "E1016")
    assert (moved.department_id, {card.department_id for card in moved.cards}) == (
        "marketing",
        {"customer_service", "marketing"},
    )
    pay = next(each.pay for each in moved.appraisals if each.scheme == "s22_rank_reward")
    assert [line.amount_fen for line in pay.lines] == [0, 0]
    last = [
        p
        for p in october.people
        for each in p.appraisals
        if each.scheme == "s22_rank_reward" and each.pay and each.pay.total_fen < 0
    ]
    assert {person.department_id for person in last} == {"customer_service"}


def test_show_findings_tells_of_results_and_schemes_too(closed: Closed) -> None:
    done = jixiao("show", "findings", "2026-10", "--json", "--company", str(closed.root))
    assert done.returncode == 0, done.stderr
    seen = {(row["check"], row["severity"]) for row in json.loads(done.stdout)}
    assert {("judgements.sheet_missing", "warning"), ("scheme.untraced", "info")} <= seen
    assert {check.split(".")[0] for check, _ in seen} >= {"messages", "orders", "judgements", "scheme"}
