"""The tiny company with pay, refunds and a personnel office: small enough to live through HR's month in a minute.

Beside the desk of `tiny_company` (manager M1, agents E1, E2 and NA) there are H1 and H2 of HR and the managing
director D1, helpers at the desk, so that nobody of them is appraised. A second scheme pays 1 % of the net amount, a
pool of 300 yuan by the score, and takes back what refunds take off.
"""

from datetime import date
from pathlib import Path

from tests import tiny_company as tiny

LAST = date(2026, 12, 5)
REFUNDS = "after_sales/refunds.csv"
_HEAD = "退款编号,订单编号,申请时间,退款时间,金额"

_PAY = """\
scheme: desk_pay
title: {zh-Hans: 客服提成, zh-Hant: 客服提成, en: Desk pay}
counts: beside
applies_to: {department: desk}
versions:
  - effective_from: 2026-01-01
    approved: {by: HR, date: 2025-12-01, reference: HR-1}
    pay:
      parameters: {rate: 1%, pool: 300 yuan}
      facts:
        net: {metric: net_paid_amount, missing: 0}
        points: {score: own, missing: 0}
      department:
        bonus_fund: pool
      person:
        commission: net * rate
        own_points: points
      pools:
        bonus: {title: {zh-Hans: 奖金池, zh-Hant: 獎金池, en: Pool}, amount: bonus_fund, by: own_points, divisor: team}
      pays:
        - {key: commission, kind: commission, title: {zh-Hans: 提成, zh-Hant: 提成, en: Commission}, amount: commission}
        - {key: bonus, kind: bonus, title: {zh-Hans: 奖金, zh-Hant: 獎金, en: Bonus}, amount: bonus}
"""


def build(root: Path, *, ledger_url: str = "", after: str = "carry_over") -> Path:
    """Write the company's folder; returns it. `after`: the policy on differences found after closing."""
    tiny.build(root, LAST)
    ledger = f"ledger: {{url: '{ledger_url}'}}\n" if ledger_url else ""
    settings = f"officers: {{hr: [H1, H2], final_instance: [D1]}}\nclosing: {{after: {after}}}\n{ledger}"
    settings += "calendar: {country: CN}\nappeals: {investigate_working_days: 10, answer_working_days: 5}\n"
    tiny.edit(root / tiny.COMPANY_YAML, "delivery:", settings + "delivery:")
    tiny.edit(tiny.inbox(root, tiny.JUDGEMENTS), "E2,M1,85\n", "")  # his sheet is still out
    for who, name in (("H1", "何人事"), ("H2", "胡人事"), ("D1", "丁总")):
        tiny.add_lines(tiny.inbox(root, tiny.EMPLOYEES), f"{who},{name},{who.lower()}@example.com,2024-01-01,helper")
    shop = root / tiny.SHOP_YAML
    tiny.edit(shop, "inputs:\n", f"inputs:\n  refunds: {{path: data/inbox/{REFUNDS}, columns: [退款编号]}}\n")
    with shop.open("a", encoding="utf-8") as file:
        file.write(_REFUNDS)
    refunds = tiny.inbox(root, REFUNDS)
    refunds.parent.mkdir(parents=True)
    refunds.write_text(f"{_HEAD}\n", "utf-8")
    (root / "config" / "schemes" / "desk_pay.yaml").write_text(_PAY, "utf-8")
    return root


_REFUNDS = """\
  refunds: |
    select "退款编号" as refund_id, 's1' as shop_id, "订单编号" as order_id, 'refund' as kind,
           ts("申请时间", '%Y-%m-%d %H:%M:%S') as requested_at, ts("退款时间", '%Y-%m-%d %H:%M:%S') as handled_at,
           fen("金额") as amount_fen, _file, _row
    from refunds
"""
