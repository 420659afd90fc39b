"""The demo company: the same seed gives the same bytes, and it behaves like life."""

import gzip
import hashlib
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from flows.demo.accounts import shifts
from flows.demo.calendar import DAY, FIRST_SECOND, LAST_DAY, NEVER, day_index, day_of, hour_of
from flows.demo.generate import INBOX, MANIFEST, generate, read_manifest
from flows.demo.judgements import MANUAL
from flows.demo.people import MANAGERS
from flows.demo.sessions import Sort
from flows.demo.shops import owner_by_day
from flows.demo.world import World, make_world

SMALL = 0.02


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    generate(root, SMALL)
    return root


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(0.2, 20261)


def test_the_same_seed_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    generate(tmp_path, SMALL)
    assert digests(tmp_path) == digests(made)


def test_another_seed_gives_another_company(made: Path, tmp_path: Path) -> None:
    generate(tmp_path, SMALL, seed=7)
    before = digests(made)
    same = {path for path, digest in digests(tmp_path).items() if before.get(path) == digest}
    assert not any("orders" in path or "chats" in path or "judgements" in path for path in same)


def test_manifest_names_every_file_with_its_rows(made: Path) -> None:
    manifest = read_manifest(made)
    assert manifest is not None
    on_disk = {str(path.relative_to(made / INBOX)) for path in (made / INBOX).rglob("*") if path.is_file()}
    assert on_disk == {*manifest["rows"], "manifest.json"}
    for path, rows in manifest["rows"].items():
        if path.endswith((".csv", ".csv.gz")):
            raw = (made / INBOX / path).read_bytes()
            lines = (gzip.decompress(raw) if path.endswith(".gz") else raw).count(b"\n")
            assert lines == rows + 1, path


def test_a_manifest_cut_short_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / INBOX).mkdir(parents=True)
    (tmp_path / MANIFEST).write_text('{"version": 1, "se', encoding="utf-8")
    assert read_manifest(tmp_path) is None


def test_platforms_write_their_own_encodings(made: Path) -> None:
    tmall = (made / INBOX / "orders/tm/2026-10.csv").read_bytes()
    jd = (made / INBOX / "orders/jd/2026-10.csv").read_bytes()
    assert tmall.startswith("\ufeff订单编号".encode())
    assert jd.decode("gb18030").startswith("订单号,客户账号")
    with pytest.raises(UnicodeDecodeError):
        jd.decode("utf-8")


def test_tickets_are_json_lines(made: Path) -> None:
    lines = [
        line
        for path in (made / INBOX / "tickets").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert lines
    assert {json.loads(line)["shop"] for line in lines} == {"tm_flagship", "jd_store"}


def test_evenings_and_campaign_days_are_busy(world: World) -> None:
    start = world.sessions["start"].to_numpy()
    by_hour = np.bincount(hour_of(start), minlength=24)
    assert by_hour[20:22].mean() > 1.6 * by_hour[9:18].mean() > 5 * by_hour[0:6].mean()
    by_day = pd.Series(np.bincount(day_index(start)), index=[day_of(n) for n in range((LAST_DAY - day_of(0)).days + 1)])
    for campaign in (date(2025, 11, 11), date(2025, 12, 12), date(2026, 6, 18)):
        assert by_day[campaign] > 1.8 * by_day.median()


def test_every_sort_of_chat_occurs_and_most_are_normal(world: World) -> None:
    share = world.sessions["sort"].value_counts(normalize=True)
    assert set(share.index) == {int(sort) for sort in Sort}
    assert share[Sort.NORMAL] > 0.85


def test_orders_are_silent_paid_late_given_up_and_returned(world: World) -> None:
    orders = world.orders.table
    assert 0.3 < (orders["chat_holder"] < 0).mean() < 0.5
    assert 0.85 < (orders["paid"] != NEVER).mean() < 0.97
    waited = orders["paid"] - orders["created"]
    assert ((orders["paid"] != NEVER) & (waited > DAY)).sum() > 50
    assert (orders["cancelled"] != NEVER).sum() > 50
    assert len(world.refunds) > 0.05 * len(orders)


def test_times_of_an_order_never_run_backwards(world: World) -> None:
    orders = world.orders.table
    for earlier, later in (
        ("created", "paid"),
        ("paid", "shipped"),
        ("shipped", "delivered"),
        ("created", "cancelled"),
    ):
        known = orders[(orders[earlier] != NEVER) & (orders[later] != NEVER)]
        assert (known[earlier] < known[later]).all()


def test_lines_add_up_to_the_order(world: World) -> None:
    sums = world.orders.lines.groupby("order")["amount"].sum()
    assert (sums == world.orders.table["amount"]).all()


def test_some_buyers_meet_several_agents_on_a_day(world: World) -> None:
    normal = world.sessions[world.sessions["sort"] == Sort.NORMAL]
    day = day_index(normal["start"].to_numpy())
    agents = normal.groupby([normal["shop"], normal["buyer"], day])["holder"].nunique()
    assert (agents > 1).sum() > 50


def test_people_join_leave_and_move_within_october(world: World) -> None:
    october = (date(2026, 10, 2), date(2026, 10, 30))
    roster, assignments = world.setting.people.roster, world.setting.people.assignments
    assert len(roster) == 73
    assert {"NA", "周䶮", "王𠮷", "林㛃", "陈堃", "李喆", "赵犇", "嫪子安", "孙翀"} <= set(roster["name"])
    for column in ("hired_on", "left_on", "regularised_on"):
        assert any(day and october[0] <= day <= october[1] for day in roster[column]), column
    moved = assignments[[october[0] <= day <= october[1] for day in assignments["valid_from"]]]
    assert {"E1016", "E4013", "E1024"} == set(moved["employee_id"])
    assert set(assignments["role"]) == {"member", "manager", "helper"}
    assert set(MANAGERS.values()) == set(assignments[assignments["role"] == "manager"]["employee_id"])
    assert roster["email"].str.endswith("@example.com").all()


def test_nobody_has_two_departments_on_one_day(world: World) -> None:
    for _, own in world.setting.people.assignments.groupby("employee_id"):
        spans = sorted(
            (begin, end or date.max) for begin, end in zip(own["valid_from"], own["valid_until"], strict=True)
        )
        assert all(end < begin for (_, end), (begin, _) in pairwise(spans))


def test_the_duty_account_changes_hands_within_the_day(world: World) -> None:
    own = shifts(world.setting.chat)
    assert set(own["employee_id"]) == {"E1005", "E1009"}
    assert (own["begin"].to_numpy()[1:] == own["end"].to_numpy()[:-1]).all()
    first_day = own[own["begin"] < FIRST_SECOND + DAY]
    assert list(first_day["employee_id"]) == ["E1005", "E1009"]
    holder = world.setting.chat.table.index[world.setting.chat.table["employee_id"] == "E1005"][0]
    picked = world.sessions[(world.sessions["holder"] == holder) & (day_index(world.sessions["start"].to_numpy()) == 0)]
    assert (hour_of(picked["start"].to_numpy()) < 16).all()


def test_every_product_line_has_one_person_every_day(world: World) -> None:
    owners = owner_by_day(world.setting.responsible)
    assert (owners != "").all()
    assert len(set(owners.ravel())) >= 10


def test_platform_totals_are_the_sums_of_the_orders(world: World) -> None:
    assert world.totals["amount"].sum() == world.orders.table["amount"].sum()
    assert world.totals["orders"].sum() == len(world.orders.table)


def test_targets_spread_attainment_around_one(world: World) -> None:
    own = world.targets[world.targets["level"] == "employee"]
    assert set(own["metric"]) == {
        "paid_sales",
        "new_customers",
        "page_views",
        "unique_visitors",
        "add_on_amount",
        "impressions",
        "campaign_visitors",
        "campaign_completion_rate",
        "logistics_cost_rate",
        "paid_amount",
        "project_profit_fen",
    }
    assert (own["value"] > 0).all()
    assert not own.duplicated(["subject_id", "metric", "period"]).any()


def test_judgements_cover_every_indicator_but_the_one_left_out(world: World) -> None:
    trade = {indicator for indicators in MANUAL.values() for indicator in indicators}
    own = world.judgements[(world.judgements["period"] == "2026-10") & world.judgements["indicator"].isin(trade)]
    assert set(own["indicator"]) == trade
    assert set(own["role"]) == {"self", "manager"}
    assert own["score"].between(0, 100).all()
    left_out = own[(own["employee_id"] == "E2005") & (own["indicator"] == "personal_skill")]
    assert left_out.empty
    raters = own.groupby(["employee_id", "indicator"])["role"].agg(set)
    assert (raters.map(lambda roles: "manager" in roles)).all()
    assert (raters.map(len) == 1).any()
    assert (own.loc[own["role"] == "self", "rater_id"] == own.loc[own["role"] == "self", "employee_id"]).all()
    assert (own.loc[own["role"] == "manager", "rater_id"] != own.loc[own["role"] == "manager", "employee_id"]).all()
