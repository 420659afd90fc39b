"""A subset of Olist as one shop: sellers are read as shop staff, which is our reading, not the company's."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from flows.settings import load_company
from flows.views import results
from tests.month_end_company import jixiao
from tests.real.folders import make_company
from transforms.period import parse
from transforms.scoring.results import PeriodResults

pytestmark = pytest.mark.real_data
MAY = parse("2018-05")

# Independent of the product: an order counts once for each of its sellers. Rows whose times run backwards are what the
# gate keeps out, so they are left out here too.
SELLERS = """
    with item as (select order_id, substr(seller_id, 1, 12) as who, sum((price::decimal(18,2) * 100)::bigint) as fen
                  from read_csv('{0}/olist_order_items.csv', all_varchar = true) group by all),
         orders as (select * from read_csv('{0}/olist_orders.csv') where
                    coalesce(order_approved_at >= order_purchase_timestamp, true)
                    and coalesce(order_delivered_carrier_date >= coalesce(order_approved_at, order_purchase_timestamp), true)
                    and coalesce(order_delivered_customer_date >= coalesce(order_delivered_carrier_date, order_approved_at, order_purchase_timestamp), true))
    select who,
      count(*) filter (month(order_purchase_timestamp) = 5 and year(order_purchase_timestamp) = 2018) as orders,
      coalesce(sum(fen) filter (order_approved_at is not null and strftime(order_purchase_timestamp, '%Y-%m') = '2018-05'), 0) as fen,
      count(*) filter (order_status in ('canceled', 'unavailable') and strftime(order_purchase_timestamp, '%Y-%m') = '2018-05') as cancelled,
      count(*) filter (strftime(order_delivered_customer_date, '%Y-%m') = '2018-05') as delivered,
      count(*) filter (strftime(order_delivered_customer_date, '%Y-%m') = '2018-05'
                       and order_delivered_customer_date <= order_estimated_delivery_date) as in_time
    from item join orders using (order_id) group by who"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_company("shop", "olist/*.csv", tmp_path_factory.mktemp("real"))
    done = jixiao("run", "2018-05", "--company", str(root))
    assert done.returncode == 0, done.stderr
    print(done.stdout)  # noqa: T201 - `make real` shows the counts
    return root


@pytest.fixture(scope="module")
def may(shop: Path) -> PeriodResults:
    return results(load_company(shop), MAY)


@pytest.fixture(scope="module")
def counted(shop: Path) -> dict[str, tuple[int, ...]]:
    sql = SELLERS.format(shop / "data" / "inbox")
    return {row[0]: row[1:] for row in duckdb.execute(sql).fetchall()}


def test_the_ledger_says_what_a_few_lines_of_sql_say(may: PeriodResults, counted: dict[str, tuple[int, ...]]) -> None:
    found = {(v.subject_id, v.metric): v for v in may.values if v.level == "employee" and v.window == "2018-05"}
    compared = 0
    for person in may.people:
        orders, fen, cancelled, delivered, in_time = counted.get(person.employee_id, (0, 0, 0, 0, 0))
        if orders:
            assert found[person.employee_id, "handled_orders"].value == orders
            assert found[person.employee_id, "handled_paid_amount_fen"].value == Decimal(fen)
            assert found[person.employee_id, "cancelled_order_rate"].numerator == cancelled
            compared += 1
        if delivered:
            value = found[person.employee_id, "on_time_delivery_rate"]
            assert (value.numerator, value.denominator) == (in_time, delivered)
    assert compared > 250


def test_every_seller_of_may_has_a_pdf(shop: Path, may: PeriodResults) -> None:
    made = {path.stem.removeprefix("employee-") for path in (shop / "data" / "reports").rglob("employee-*.pdf")}
    assert made == {person.employee_id for person in may.people}
    assert len(made) == 269


def test_orders_whose_times_run_backwards_are_in_quarantine(shop: Path) -> None:
    rows = json.loads((shop / "data" / "findings" / "2018-05" / "quarantine.json").read_text("utf-8"))
    reasons: dict[str, int] = {}
    for row in rows:
        reasons[row["check"]] = reasons.get(row["check"], 0) + 1
    print("quarantined by reason:", reasons)  # noqa: T201
    assert reasons.get("orders.shipped_before_paid", 0) >= 70
