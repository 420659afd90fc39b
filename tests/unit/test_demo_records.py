"""What is written down beside the trade: who has what, how much of it, and that nothing else changes by it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from flows.demo import attendance, dsr, events, figures, pay, work
from flows.demo.calendar import LAST_DAY, NEVER, closed_months, day_of, month_bounds
from flows.demo.campaigns import special_campaigns
from flows.demo.more_judgements import ALL_ROUND, ASPECTS, OF_ALL, OF_POST, QUARTERS
from flows.demo.people import MANAGERS, People, in_post, make_people, working
from flows.demo.records import Records, make_records
from flows.demo.traffic import CHANNELS, make_traffic, with_visits
from flows.demo.world import World, make_world, stream

SEED = 20261


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(0.1, SEED)


@pytest.fixture(scope="module")
def people(world: World) -> People:
    return world.setting.people


@pytest.fixture(scope="module")
def records(world: World) -> Records:
    return make_records(world, SEED)


def judged(world: World, indicator: str, period: str = "2026-10") -> pd.DataFrame:
    own = world.judgements
    return own[(own["indicator"] == indicator) & (own["period"] == period)]


def test_those_who_came_later_change_nobody_else() -> None:
    one, other = (make_people(stream(SEED, "people"), np.random.default_rng(n)) for n in (1, 2))
    trade = [who for who in one.traits.index if not who.startswith("E5")]
    assert len(trade) == 60
    assert one.traits.loc[trade].equals(other.traits.loc[trade])
    assert not one.traits.drop(trade).equals(other.traits.drop(trade))


def test_the_support_centre_has_its_posts(people: People) -> None:
    own = people.roster[people.roster["department_id"] == "support"]
    assert own["post"].value_counts().to_dict() == {
        "支持中心经理": 1, "设计师": 3, "驻站助理": 1, "行政专员": 2, "后勤专员": 2, "数据专员": 1, "现场服务经理": 1, "网站客服": 2,
    }  # fmt: skip
    assert all(day < date(2025, 1, 1) for day in own["hired_on"])
    assert own["regularised_on"].notna().all()
    assert in_post(people, "售后客服") == ("E1004", "E1008", "E1012", "E1018", "E1020")


def test_searches_for_the_brand_are_split_off_and_no_sum_changes(world: World) -> None:
    before = make_traffic(stream(SEED, "traffic"), world.orders.table)
    after = with_visits(stream(SEED, "x"), before)
    for column in ("page_views", "unique_visitors"):
        sums = [frame.groupby(["shop", "day", "category"])[column].sum() for frame in (before, after)]
        assert sums[0].equals(sums[1])
    brand = after[after["channel"] == CHANNELS.index("brand_search")]["unique_visitors"].sum()
    search = after[after["channel"] == CHANNELS.index("search")]["unique_visitors"].sum()
    assert 0.12 < brand / (brand + search) < 0.25
    assert (after["visits"] >= after["unique_visitors"]).all()


def test_everybody_of_support_is_judged_every_month(world: World, people: People) -> None:
    support = set(people.roster.loc[people.roster["department_id"] == "support", "employee_id"])
    for month in closed_months():
        for indicator in OF_ALL:
            own = judged(world, indicator, month)
            assert support <= set(own.loc[own["role"] == "manager", "employee_id"]), (month, indicator)
    for post, indicators in OF_POST.items():
        for indicator in indicators:
            managers = judged(world, indicator)
            managers = managers[managers["role"] == "manager"]
            assert set(in_post(people, post)) <= set(managers["employee_id"]), indicator


def test_three_executives_judge_the_administration_but_for_one_sheet(world: World) -> None:
    raters = judged(world, "month_performance").groupby("employee_id")["rater_id"].agg(set)
    assert raters.to_dict() == {"E5006": {"E5001", "E2001", "E3001"}, "E5007": {"E5001", "E2001"}}
    own = world.judgements[world.judgements["indicator"] == "month_performance"]
    assert all(22 <= day.day <= 24 for day in own["given"])
    assert (own.groupby(["period", "employee_id"])["score"].mean() >= 95).any()


def test_the_marketing_manager_is_judged_all_round(world: World) -> None:
    for quarter in QUARTERS:
        for indicator in ALL_ROUND:
            own = judged(world, indicator, quarter)
            assert set(own["employee_id"]) == {"E3001"}
            roles = own["role"].value_counts().to_dict()
            assert roles == {"manager": 1, "peer": 3, "subordinate": 4, "self": 1}


def test_logistics_judge_four_aspects_of_regular_people(world: World, people: People) -> None:
    own = pd.concat([judged(world, aspect, "2026-Q3") for aspect in ASPECTS])
    assert set(own["role"]) == {"self", "manager"}
    assert "E4014" not in set(own["employee_id"])  # regular since the 13th of October
    assert set(own["employee_id"]) <= set(people.department("logistics")["employee_id"])


def test_no_judgement_is_given_twice(world: World) -> None:
    assert not world.judgements.duplicated(["employee_id", "indicator", "period", "rater_id", "role"]).any()
    assert world.judgements["score"].between(0, 100).all()


def test_agents_miss_and_beat_their_sales_target_and_the_department_meets_its(world: World, people: People) -> None:
    own = world.targets[world.targets["metric"] == "paid_amount"]
    agents = own[own["level"] == "employee"]
    assert set(agents["subject_id"]) <= set(in_post(people, "客服专员"))
    assert set(own.loc[own["level"] == "department", "period"]) == set(closed_months())
    orders = world.orders.table
    mine = orders[(orders["chat_holder"] >= 0) & (orders["paid"] != NEVER)]
    ratio = mine["paid_amount"].sum() / own.loc[own["level"] == "department", "value"].sum()
    assert 0.9 < ratio < 1.2  # orders of the last, open month are in the sum


def test_special_campaigns_say_which_days_and_nothing_else(world: World) -> None:
    own = special_campaigns()
    assert (date(2026, 10, 20), date(2026, 10, 24)) in set(zip(own["begin"], own["end"], strict=True))
    assert (own["sales_target"] == 0).all()
    assert set(own["number"]).isdisjoint(world.campaigns["number"])
    assert set(own.groupby(["title", "begin"])["shop"].agg(tuple)) == {(0, 1)}


def test_presence_is_kept_for_every_account_in_use(world: World, records: Records) -> None:
    own = records.presence
    assert not own.duplicated(["shop", "nick", "day"]).any()
    chats = {(row.shop, row.nick) for row in world.setting.chat.table.itertuples()}
    assert {(shop, nick) for shop, nick in zip(own["shop"], own["nick"], strict=True)} == chats | {
        (0, "网站01"),
        (0, "网站02"),
    }
    website = own["nick"].str.startswith("网站")
    assert (own.loc[website, ["pages", "registered"]] >= 0).all(axis=None)
    assert (own.loc[~website, ["pages", "registered"]] == -1).all(axis=None)
    assert (own["chat"] <= own["online"]).all()
    assert (own["online"] <= own["duty"]).all()
    assert (own["handling"] <= own["duty"]).all()
    assert (own["taken"] <= own["made"]).all()


def test_shop_scores_go_above_and_below_the_industry_and_the_month_before(records: Records) -> None:
    own = records.shop_scores[records.shop_scores["aspect"] == dsr.ASPECTS.index("attitude")]
    month = [f"{day_of(day):%Y-%m}" for day in own["day"]]
    means = own.groupby(month)[["score", "mean", "best"]].mean()
    lead, change = means["score"] - means["mean"], means["score"].diff().dropna()
    assert lead["2026-10"] > 0
    assert change["2026-10"] > 0
    assert lead["2026-07"] < 0
    assert 2 <= (lead < 0).sum() <= 5
    assert 4 <= (change > 0).sum() <= 9
    assert (own["best"] > own["score"]).all()


def test_each_post_has_its_kinds_of_tasks(people: People, records: Records) -> None:
    posts = people.roster.set_index("employee_id")["post"]
    own = records.tasks
    kinds = own.groupby(posts.reindex(own["employee_id"]).to_numpy())["kind"].agg(
        lambda all_: {work.KINDS[n] for n in all_}
    )
    assert kinds["设计师"] == {"design", "task"}
    assert kinds["驻站助理"] == {"translation", "document", "task"}
    assert kinds["行政专员"] == {"report", "document", "task"}
    assert kinds["数据专员"] == {"report", "task"}
    assert kinds["后勤专员"] == {"task"}
    assert kinds["运营经理"] == kinds["现场服务经理"] == {"project", "task"}
    done = own[own["done"] != NEVER]
    assert 0.8 < (done["done"] <= done["due"]).mean() < 0.97
    assert (own.loc[own["done"] == NEVER, ["quantity", "accepted", "quality"]] == -1).all(axis=None)


def test_most_people_have_few_events_and_one_crossed_the_red_line(records: Records) -> None:
    own = records.events
    assert set(own["kind"]) == set(events.KINDS)
    assert ((own["employee_id"] == "") == (own["department_id"] != "")).all()
    red = own[own["kind"] == "red_line"]
    assert red[["employee_id", "occurred"]].to_numpy().tolist() == [list(events.RED_LINE)]
    assert set(own.loc[own["department_id"] != "", "kind"]) == {"ad_phrase_abuse"}
    bad = own[own["kind"].isin(["bad_review", "bad_review_attitude", "order_error", "overdue_task", "refusal"])]
    a_month = bad.groupby(["employee_id", [f"{day:%Y-%m}" for day in bad["occurred"]]]).size()
    assert a_month.max() <= 5
    assert len(a_month) < 0.25 * 60 * len(closed_months())
    assert own.loc[own["kind"].isin(["execution", "loss_avoided"]), "quantity"].between(1, 5).all()
    assert all(entered > day for day, entered in zip(own["occurred"], own["entered"], strict=True))
    assert max(own["entered"]) <= LAST_DAY


def test_excused_replies_refer_to_a_chat_of_that_person_without_an_answer(world: World, records: Records) -> None:
    own = records.events[records.events["kind"] == "excused_reply"]
    holders = world.setting.chat.table["employee_id"].to_numpy()[world.sessions["holder"].to_numpy()[own["session"]]]
    assert len(own) > 20
    assert (holders == own["employee_id"]).all()
    said = world.messages[world.messages["session"].isin(own["session"])]
    assert not (said["who"] == 1).any()


def test_days_off_and_overtime_are_a_few_a_month(records: Records) -> None:
    own = records.attendance
    assert not own.duplicated(["employee_id", "day"]).any()
    assert set(own["kind"]) == set(range(len(attendance.KINDS)))
    overtime = own["kind"] == attendance.KINDS.index("present")
    assert (own.loc[overtime, "half_hours"] > 0).all()
    assert (own.loc[~overtime, "half_hours"] == -1).all()
    per_person = own[~overtime].groupby("employee_id").size()
    assert per_person.max() < 3 * len(closed_months())


def test_tests_of_knowledge_are_taken_monthly_by_those_who_serve(records: Records) -> None:
    own = records.exams
    october = own[own["taken"] == date(2026, 10, 16)]
    assert set(october["exam"]) == {"product_knowledge"}
    assert {"E1002", "E5012"} & set(october["employee_id"])
    assert set(own["exam"]) == {"product_knowledge", "regulations", "platform_rules"}
    assert (own["score"] <= own["best"]).all()
    assert 0.75 < (own["score"] / own["best"]).mean() < 0.95


def test_everybody_has_every_pay_item_on_every_day_at_work(people: People, records: Records) -> None:
    for turn in people.assignments.itertuples():
        for item in pay.ITEMS:
            own = records.pay[(records.pay["employee_id"] == turn.employee_id) & (records.pay["item"] == item)]
            for day in (turn.valid_from, turn.valid_until or LAST_DAY, date(2026, 4, 1)):
                if turn.valid_from <= day <= (turn.valid_until or LAST_DAY):
                    there = [
                        a <= day <= (b or LAST_DAY) for a, b in zip(own["valid_from"], own["valid_until"], strict=True)
                    ]
                    assert sum(there) == 1, (turn.employee_id, item, day)
    assert (records.pay["amount"] > 0).all()


def test_a_figure_is_kept_at_one_level(world: World) -> None:
    own = world.figures
    assert not own[["figure", "level"]].drop_duplicates()["figure"].duplicated().any()
    assert set(own["figure"]) == {*figures.OF_COMPANY, *figures.OF_DEPARTMENT, figures.OF_FIELD_MANAGER}
    assert set(own.loc[own["level"] == "department", "subject_id"]) == set(MANAGERS)
    assert set(own["day"]) == {month_bounds(month)[1] for month in closed_months()}


def test_headcount_is_the_roster(world: World, people: People) -> None:
    own = world.figures[
        (world.figures["subject_id"] == "customer_service") & (world.figures["day"] == date(2026, 10, 31))
    ]
    values = own.set_index("figure")["value"]
    october = working(people.department("customer_service"), date(2026, 10, 1), date(2026, 10, 31))
    assert values["headcount"] == october["employee_id"].nunique()
    assert values["left"] == 1  # E1023


def test_checks_judge_four_aspects_of_contacts_in_time(records: Records) -> None:
    own = records.checks
    assert (own.groupby("check")["aspect"].agg(sorted).map(tuple) == (0, 1, 2, 3)).all()
    assert (own["judged"] > own["handled"]).all()
    assert ((own["session"] >= 0) != (own["ticket"] >= 0)).all()
    assert 0.85 < own["passed"].mean() < 0.98
    assert set(own["source"]) == {0, 1, 2}


def test_tickets_of_the_field_are_technical_and_promised_longer(records: Records) -> None:
    own = records.desk_tickets.drop(columns="answer_due").join(records.desk_terms)
    assert set(own["employee_id"]) == {"E5011", "E5012", "E5013"}
    field = own["employee_id"] == "E5011"
    assert (own.loc[field, "answer_due"] - own.loc[field, "opened"]).min() >= 3 * 3600
    assert (own.loc[~field, "answer_due"] - own.loc[~field, "opened"]).max() <= 3600
    escalated = own[own["escalated"] != NEVER]
    assert (escalated["escalated"] > escalated["answered"]).all()
    assert (escalated["escalation_due"] > escalated["escalated"]).all()
    assert 0.04 < len(escalated) / len(own) < 0.15
    again = own.duplicated(["customer", "subject"]).mean()
    assert 0.02 < again < 0.07


def test_records_do_not_grow_with_the_scale(records: Records) -> None:
    small = make_records(make_world(0.05, SEED), SEED)
    for name in ("presence", "shop_scores", "tasks", "attendance", "exams", "pay", "desk_tickets"):
        assert getattr(small, name).equals(getattr(records, name)), name
