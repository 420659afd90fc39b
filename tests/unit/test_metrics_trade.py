"""Service, product lines, campaigns and shipping, from facts to values (metrics.md "Operations …"; the S01 scorecards)."""

from decimal import Decimal

import pytest

from tests.facts import at, chat, facts, on, order, valued
from transforms.metrics.catalogue import CATALOGUE


def rating(number, channel, score, **more):
    return {
        "rating_id": f"r{number}", "shop_id": "s1", "channel": channel, "account_id": "a1", "handled_at": at("5 10:00"),
        "rated_at": at("6 10:00"), "score": score, "score_max": 5, **more,
    }  # fmt: skip


def complaint(number, closed="", *, justified=None):
    return {
        "complaint_id": f"c{number}", "shop_id": "s1", "account_id": "a1", "opened_at": at("5 10:00"),
        "closed_at": at(closed) if closed else None, "justified": justified,
    }  # fmt: skip


def ticket(number, **more):
    return {
        "ticket_id": f"t{number}", "shop_id": "s1", "account_id": "a1", "opened_at": at("5 10:00"),
        "resolved_at": at("5 14:00"), **more,
    }  # fmt: skip


def desk():
    buyers = [line for n in range(8) for line in chat(f"b{n}", "a1", "5 10:00 buyer", "5 10:01 agent")]
    return facts(
        messages=buyers,
        ratings=[
            rating(1, "chat", 5, praise=True), rating(2, "chat", 4), rating(3, "chat", 1, improved_at=at("7 10:00")),
            rating(4, "after_sales", 3, resolved=True), rating(5, "after_sales", 2, resolved=False),
            rating(6, "after_sales", 5), rating(7, "order", 3),
        ],
        complaints=[complaint(1, "5 13:00", justified=True), complaint(2, "5 15:00", justified=False), complaint(3)],
        tickets=[
            ticket(1, sla_made=True, in_authority=True), ticket(2, sla_made=False, reopen_count=2),
            ticket(3, reassignment_count=1, in_authority=True, resolved_at=at("5 12:00")), ticket(4, resolved_at=None),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk_values():
    return valued(desk(), *CATALOGUE)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("csat_rate", Decimal(10) / 15),
        ("after_sales_csat_rate", Decimal(10) / 15),
        ("after_sales_resolved_rate", Decimal(1) / 2),
        ("order_review_rate", Decimal(3) / 5),
        ("good_review_rate", Decimal(3) / 7),
        ("bad_reviews", 2),
        ("reviews_improved", 1),
        ("praise", 1),
        ("complaint_rate", Decimal(3) / 8),
        ("justified_complaint_rate", Decimal(1) / 8),
        ("justified_complaints", 1),
        ("complaint_handling_hours", 4),
        ("tickets_resolved", 3),
        ("resolution_hours", Decimal(10) / 3),
        ("sla_made_rate", Decimal(1) / 2),
        ("reopen_rate", Decimal(1) / 3),
        ("reassignment_rate", Decimal(1) / 3),
        ("first_contact_resolution", Decimal(1) / 2),
    ],
)
def test_a_desk(metric, expected, desk_values):
    assert desk_values[f"E1 {metric}"] == pytest.approx(expected)


def line():
    day = {"shop_id": "s1", "day": on(5), "category": "tea"}
    return facts(
        responsibilities=[{"employee_id": "E1", "shop_id": "s1", "category": "tea", "valid_from": on(-400)}],
        orders=[
            order("o1", "b1", "5 10:00", paid="5 10:05", amount=1000, category="tea", goods_cost_fen=600),
            order("o2", "b2", "5 11:00", paid="5 11:05", amount=500, category="tea"),
            order("o3", "b2", "6 11:00", category="tea"),
            order("o4", "b2", "-40 11:00", paid="-40 11:05", amount=9, category="mugs"),
        ],
        traffic=[{**day, "channel": "search", "page_views": 90, "unique_visitors": 20}],
        inventory=[{**day, "stock_cost_fen": 200}, {**day, "day": on(6), "stock_cost_fen": 400}],
        campaigns=[{
            "campaign_id": "k1", "shop_id": "s1", "title": "k1", "owner_employee_id": "E1", "starts_on": on(4),
            "ends_on": on(5), "sales_target_fen": 800,
        }],
        campaign_days=[{
            "campaign_id": "k1", "shop_id": "s1", "day": on(5), "impressions": 1000, "visitors": 50, "participants": 20,
            "conversions": 5, "sales_fen": 600, "spend_fen": 150,
        }],
    )  # fmt: skip


@pytest.fixture(scope="module")
def line_values():
    return valued(line(), *CATALOGUE)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("paid_sales", 1500),
        ("gross_margin_rate", Decimal(400) / 1000),
        ("new_customers", 1),
        ("page_views", 90),
        ("unique_visitors", 20),
        ("shop_conversion_rate", Decimal(2) / 20),
        ("inventory_turnover", Decimal(600) / 300),
        ("campaign_completion_rate", Decimal(600) / 800),
        ("campaign_return", 4),
        ("impressions", 1000),
        ("campaign_visitors", 50),
        ("campaign_conversion_rate", Decimal(5) / 20),
    ],
)
def test_a_product_line_and_its_campaign(metric, expected, line_values):
    assert line_values[f"E1 {metric}"] == pytest.approx(expected)


def shipped(number, ship, deliver, **more):
    """Ordered on the 5th, due to be shipped on the 6th at noon and delivered on the 9th at noon."""
    return order(
        f"o{number}", f"b{number}", "5 10:00", paid="5 10:05", amount=1000, handler_account_id="a1",
        ship_due_at=at("6 12:00"), shipped_at=at(ship), deliver_due_at=at("9 12:00"),
        delivered_at=at(deliver) if deliver else None, logistics_cost_fen=100, **more,
    )  # fmt: skip


def depot():
    handled = {"shop_id": "s1", "kind": "return", "requested_at": at("10 10:00"), "due_at": at("12 10:00")}
    return facts(
        orders=[
            shipped(1, "6 11:00", "9 11:00", delivered_accurately=True),
            shipped(2, "6 13:00", "9 13:00", delivered_accurately=False),
            {**shipped(3, "6 11:00", "9 11:00"), "deliver_due_at": None},
            {**shipped(4, "6 11:00", ""), "status": "cancelled", "logistics_cost_fen": None},
        ],
        refunds=[
            {"refund_id": f"f{n}", "order_id": f"o{n}", "handler_account_id": "a1", "handled_at": at(done), **handled}
            for n, done in ((1, "11 10:00"), (2, "13 10:00"))
        ],
        follow_ups=[
            {"follow_up_id": f"u{n}", "shop_id": "s1", "order_id": f"o{n}", "account_id": "a1", "done_at": at(done)}
            for n, done in ((1, "10 10:00"), (2, "20 10:00"))
        ],
    )


@pytest.fixture(scope="module")
def depot_values():
    return valued(depot(), *CATALOGUE)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("on_time_shipping_rate", Decimal(3) / 4),
        ("delivery_accuracy_rate", Decimal(1) / 2),
        ("logistics_cost_rate", Decimal(300) / 3000),
        ("logistics_cost_per_order", 100),
        ("returns_on_time_rate", Decimal(1) / 2),
        ("follow_up_rate", Decimal(1) / 3),
        ("follow_ups_done", 2),
        ("handled_orders", 4),
        ("handled_paid_amount_fen", 4000),
        ("cancelled_order_rate", Decimal(1) / 4),
        ("on_time_delivery_rate", Decimal(1) / 2),
    ],
)
def test_a_depot(metric, expected, depot_values):
    assert depot_values[f"E1 {metric}"] == pytest.approx(expected)
