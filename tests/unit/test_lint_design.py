"""Checks of schemes as they are written: what each sees, what it leaves alone, how it is suppressed (S20, S21)."""

from pathlib import Path

import pytest

from flows.schemes import load_scheme
from tests.scheme_kit import CATALOGUE, metric
from transforms.findings import Severity
from transforms.lint import CHECKS, LintContext, LintFinding, lint
from transforms.lint.codes import NEVER_SUPPRESSED
from transforms.lint.lines import tables_of
from transforms.metrics.catalogue import CATALOGUE as SHIPPED
from transforms.metrics.model import Metric, Unit
from transforms.schemes.scheme import Scheme
from transforms.titles import Locale

KNOWN: dict[str, Metric] = {
    **CATALOGUE,
    **{key: metric(key, Unit.RATE) for key in ("gross_margin_rate", "reply_rate", "conversion", "message_ratio")},
}
HEAD = """scheme: {name}
title: {{zh-Hans: 小方案, en: Small}}
source: test
applies_to: {{department: {department}{posts}}}
{counts}
versions:
  - effective_from: 2026-01-01
    approved: {{by: HR, date: 2025-12-12}}
    judged_by: {{roles: {{manager: 100}}}}
    grades: {{good: 80}}
"""


def counted(key: str, weight: int, more: str = "") -> str:
    ends = "{zero_at: 9, full_at: 0}" if KNOWN[key].better == "lower" else "{zero_at: 0, full_at: 9}"
    return f"      - {{metric: {key}, weight: {weight}, score: {{linear: {ends}}}{more}}}\n"


def judged(key: str, weight: int) -> str:
    return f"      - {{manual: {key}, weight: {weight}, title: {{zh-Hans: 评, en: Judged}}}}\n"


def scheme(folder: Path, *indicators: str, name: str = "small", department: str = "sales_team", posts: str = "",
           tail: str = "") -> Scheme:  # fmt: skip
    head = HEAD.format(name=name, department=department, posts=f", posts: [{posts}]" if posts else "",
                       counts="counts: beside" if name != "small" else "")  # fmt: skip
    path = folder / f"{name}.yaml"
    path.write_text(head + "    indicators:\n" + "".join(indicators) + tail, encoding="utf-8")
    return load_scheme(path, KNOWN)


def found(code: str, *schemes: Scheme, context: LintContext | None = None) -> list[LintFinding]:
    return [each for each in lint(schemes, KNOWN, context) if each.code == code]


THREE = (counted("csat_rate", 40), counted("reply_rate", 30), counted("conversion", 30))


def test_three_indicators_are_neither_too_few_nor_too_many(tmp_path: Path) -> None:
    assert lint([scheme(tmp_path, *THREE)], KNOWN) == ()


def test_two_main_indicators_are_too_few_and_seven_too_many(tmp_path: Path) -> None:
    (few,) = found("main_indicators", scheme(tmp_path, counted("csat_rate", 50), counted("conversion", 50)))
    assert few.what.en == "There are 2 main indicators."
    assert (few.severity, few.at) == (Severity.WARNING, ("versions", 0, "indicators"))
    seven = [counted(key, 14 if key != "csat_rate" else 16) for key in list(KNOWN)[:7]]
    (many,) = found("main_indicators", scheme(tmp_path, *seven))
    assert "7" in (many.what.en or "")


def test_groups_are_the_main_indicators_where_there_are_groups() -> None:
    s01 = load_scheme(Path("config/schemes/s01_customer_service.yaml"), SHIPPED)
    codes = [each.code for each in lint([s01], SHIPPED)]
    assert codes == ["person_indicators"]  # four groups; eleven lines a person are more than the document recommends


def test_more_than_three_lines_a_person_points_counted_too(tmp_path: Path) -> None:
    four = scheme(tmp_path, *THREE[:2], counted("conversion", 20), counted("message_ratio", 10))
    assert [each.what.en for each in found("person_indicators", four)] == ["Each person has 4 indicators."]
    s02 = load_scheme(Path("config/schemes/s02_cs_draft.yaml"), SHIPPED)
    assert [each.code for each in lint([s02], SHIPPED)] == ["person_indicators"]


def test_an_indicator_whose_table_no_source_delivers() -> None:
    s01 = load_scheme(Path("config/schemes/s01_customer_service.yaml"), SHIPPED)
    known = LintContext(tables=frozenset({"messages", "orders", "recommendations", "order_items"}))
    absent = {each.subject: each.what.en for each in lint([s01], SHIPPED, known) if each.code == "data_source"}
    assert absent["csat_rate"] == "csat_rate needs the table ratings, which no source delivers."
    assert "judgements" in (absent["product_knowledge"] or "")
    assert "targets" in (absent["add_on_amount"] or "")
    assert "first_response_seconds" not in absent


def test_points_given_by_nobody_in_particular(tmp_path: Path) -> None:
    text = HEAD.format(name="small", department="d", posts="", counts="counts: beside").replace(
        "    judged_by: {roles: {manager: 100}}\n    grades: {good: 80}\n",
        "    points:\n      p:\n        title: {zh-Hans: 分, en: P}\n        lines:\n"
        "          - {manual: effort, title: {zh-Hans: 努力, en: Effort}, give: {judged: mean}}\n",
    )
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    (told,) = found("data_source", load_scheme(path, KNOWN))
    assert told.what.en == "Nobody is named who judges effort."
    assert told.at == ("versions", 0, "points", "p", "lines", 0)


@pytest.mark.parametrize(("weight", "seen"), [(50, False), (51, True)])
def test_judgements_that_weigh_more_than_half(weight: int, seen: bool, tmp_path: Path) -> None:  # noqa: FBT001
    small = scheme(tmp_path, judged("effort", weight), counted("csat_rate", 100 - weight))
    told = found("manual_share", small)
    assert bool(told) is seen
    if seen:
        assert "Judgements weigh 51%; instead one could count, for example: " in (told[0].what.en or "")
        assert told[0].what.zh_hant


def test_substitutes_are_metrics_from_the_same_tables(tmp_path: Path) -> None:
    small = scheme(tmp_path, judged("effort", 60), counted("csat_rate", 40))
    (told,) = [each for each in lint([small], SHIPPED) if each.code == "manual_share"]
    named = (told.what.en or "").split("example: ")[1].rstrip(".").split(", ")
    assert named
    assert "csat_rate" not in named
    assert all("ratings" in tables_of(SHIPPED[key]) for key in named)


def test_a_posts_indicators_trace_to_the_departments(tmp_path: Path) -> None:
    whole = scheme(tmp_path, *THREE)
    post = scheme(tmp_path, counted("csat_rate", 50), counted("message_ratio", 50), name="post", posts="客服专员")
    (told,) = found("untraced", whole, post)
    assert told.scheme == "post"
    assert told.what.en == "Not in a scheme of the department or its manager (small): message_ratio."
    served = counted("message_ratio", 50, ", traces_to: conversion")
    assert not found(
        "untraced", whole, scheme(tmp_path, counted("csat_rate", 50), served, name="post", posts="客服专员")
    )
    astray = counted("message_ratio", 50, ", traces_to: profit")
    assert found("untraced", whole, scheme(tmp_path, counted("csat_rate", 50), astray, name="post", posts="客服专员"))


def test_a_managers_scheme_is_traced_to_and_itself_is_not_asked(tmp_path: Path) -> None:
    manager = scheme(tmp_path, *THREE, name="lead", posts="客服经理")
    post = scheme(tmp_path, *THREE, name="post", posts="客服专员")
    assert not found("untraced", manager, post)
    assert found("untraced", post)


def test_profit_for_somebody_who_serves_customers(tmp_path: Path) -> None:
    profit = (*THREE[:2], counted("gross_margin_rate", 30))
    (told,) = found("outside_influence", scheme(tmp_path, *profit, department="customer_service"))
    assert told.subject == "gross_margin_rate"
    assert found("outside_influence", scheme(tmp_path, *profit, department="desk", posts="前台"))
    assert not found("outside_influence", scheme(tmp_path, *profit, department="operations"))
    assert not found("outside_influence", scheme(tmp_path, *profit, department="customer_service", posts="客服经理"))


SUPPRESSED = "    suppress: {{{what}}}\n"


def test_a_reason_suppresses_and_stays_to_be_read(tmp_path: Path) -> None:
    reason = SUPPRESSED.format(what="main_indicators: as the document says")
    small = scheme(tmp_path, counted("csat_rate", 50), counted("conversion", 50), tail=reason)
    (told,) = lint([small], KNOWN)
    assert (told.code, told.suppressed) == ("main_indicators", "as the document says")


@pytest.mark.parametrize(
    ("what", "code"), [("main_indicators: ' '", "suppress_no_reason"), ("main_indicator: because", "suppress_unknown"),
                       ("suppress_unknown: because", "suppress_unknown")],
)  # fmt: skip
def test_an_empty_reason_and_an_unknown_code_are_findings_and_suppress_nothing(
    what: str, code: str, tmp_path: Path
) -> None:
    small = scheme(tmp_path, counted("csat_rate", 50), counted("conversion", 50), tail=SUPPRESSED.format(what=what))
    told = {each.code: each for each in lint([small], KNOWN)}
    assert set(told) == {"main_indicators", code}
    assert told[code].at[:3] == ("versions", 0, "suppress")
    assert not any(each.suppressed for each in told.values())


LOCALES: tuple[Locale, ...] = ("zh-Hans", "zh-Hant", "en")


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_says_why_and_what_to_do_in_three_languages(code: str) -> None:
    check = CHECKS[code]
    for told in (check.title, check.why, check.todo):
        assert len({told.in_locale(locale) for locale in LOCALES}) >= 2
        assert told.en
        assert told.zh_hant
    assert check.source
    assert set(CHECKS) >= NEVER_SUPPRESSED


def test_the_version_in_force_is_looked_at_and_without_a_period_the_newest(tmp_path: Path) -> None:
    small = scheme(tmp_path, *THREE)
    newer = small.versions[0].model_copy(update={"indicators": small.versions[0].indicators[:2]})
    both = small.model_copy(update={"versions": (small.versions[0], newer)})
    (told,) = found("main_indicators", both)
    assert told.at == ("versions", 1, "indicators")
