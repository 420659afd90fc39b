"""The scheme language as files: what the example of the style page says is what the program reads."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from flows.reference import PAGES
from flows.schemes import json_schema, load_scheme
from tests.scheme_kit import CATALOGUE, CSAT, MANUAL, metric, read, text_of
from transforms.errors import ConfigError
from transforms.metrics.model import Unit
from transforms.schemes.quantities import read_quantity
from transforms.schemes.targets import FromTargets

EXAMPLE = """scheme: cs_monthly
title: {zh-Hans: 客服月度考核, en: Customer service, monthly}
applies_to: {department: customer_service, status: regularised}
versions:                              # oldest first; a version that has paid is never edited
  - effective_from: 2026-01-01
    approved: {by: Head of HR, date: 2025-12-12, reference: HR-214}
    indicators:                        # weights sum to 100
      - metric: csat
        weight: 30
        score: {linear: {zero_at: 3.5, full_at: 4.8}}
        needs_at_least: 20             # fewer ratings: the weight is shared out, and the report says so
      - metric: first_response_seconds
        weight: 10
        score: {steps: [{up_to: 30, gives: 100}, {up_to: 60, gives: 60}, {gives: 0}]}
      - metric: paid_sales
        weight: 60
        score: {target: {floor: 60%}}
        target: {from: targets}
    grades: {excellent: 90, good: 80, qualified: 60}
"""
SHIPPED = sorted(Path("config/schemes").glob("*.yaml"))


def test_the_style_pages_example_is_a_scheme(tmp_path: Path) -> None:
    path = tmp_path / "cs.yaml"
    path.write_text(
        EXAMPLE.replace("en: Customer service, monthly", "en: 'Customer service, monthly'"), encoding="utf-8"
    )
    scheme = load_scheme(path, {**CATALOGUE, "csat": metric("csat", Unit.RATIO)})
    assert (scheme.applies_to.status, scheme.applies_to.exclude) == ("regularised", ("helper",))
    csat, response, sales = scheme.versions[0].indicators
    assert csat.score is not None
    assert csat.score.linear is not None
    assert csat.score.linear.full_at == Decimal("4.8")
    assert (csat.needs_at_least, csat.missing) == (20, "share_out")
    assert response.score is not None
    assert [step.gives for step in response.score.steps or ()] == [100, 60, 0]
    assert isinstance(sales.target, FromTargets)
    assert list(scheme.versions[0].graded()) == ["excellent", "good", "qualified"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("85%", "0.85"), ("3‰", "0.003"), ("300000 yuan", "30000000"), ("99.9元", "9990"), ("1,200", "1200"), (30, "30"),
     ("-5 %", "-0.05"), (Decimal("0.1"), "0.1")],
)  # fmt: skip
def test_quantities_are_read_exactly(written: object, meant: str) -> None:
    assert read_quantity(written) == Decimal(meant)


@pytest.mark.parametrize("written", ["85 percent", "ten", "", "1e3", True, None, 0.1, "1 2"])
def test_what_is_not_a_quantity_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_quantity(written)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_schemes_are_whole_and_speak_three_languages(path: Path) -> None:
    scheme = load_scheme(path)
    (version,) = scheme.versions
    assert sum(weight for _, weight in version.weighed()) == (version.out_of if version.has_card else 0)
    titles = [scheme.title, *(group.title for group in version.groups)]
    titles += [each.title for _, _, each in version.placed() if each.title]
    assert all(title.zh_hant and title.en for title in titles)
    if path.stem in S01:
        assert {"manager": Decimal(80), "self": Decimal(20)} == (version.judged_by and version.judged_by.roles)


# systems.md, S01: groups and, in their order, the weights of the indicators in each.
S01 = {
    "s01_operations": {
        "results": [30, 15, 5],
        "running": [5, 5, 10, 5, 2.5, 2.5],
        "teamwork": [5, 5],
        "learning": [5, 5],
    },
    "s01_customer_service": {
        "service_quality": [30, 10, 10],
        "sales": [10, 10],
        "teamwork": [10, 5],
        "learning": [5, 5, 5],
    },
    "s01_marketing": {"effect": [20, 15, 15], "creativity": [10, 10], "teamwork": [10, 5], "learning": [5, 5, 5]},
    "s01_logistics": {"delivery": [20, 10, 10], "after_sales": [20, 15, 5], "teamwork": [5, 5], "learning": [5, 5]},
}


@pytest.mark.parametrize("name", S01)
def test_s01_weighs_as_the_document_says(name: str) -> None:
    (version,) = load_scheme(Path(f"config/schemes/{name}.yaml")).versions
    assert {group.group: [float(each.weight) for each in group.indicators] for group in version.groups} == S01[name]
    assert {key: grade.at_least for key, grade in version.graded().items()} == {
        "excellent": 90,
        "good": 80,
        "qualified": 60,
    }


def test_the_editors_schema_is_in_step() -> None:
    page = Path("docs/reference/scheme.schema.json").read_text(encoding="utf-8")
    assert json.loads(page) == json_schema(), "run `make docs`"
    assert PAGES["scheme.schema.json"]() == page


def test_the_editors_schema_knows_keys_and_choices() -> None:
    definitions = json_schema()["$defs"]
    kinds = {"linear", "steps", "target", "band", "ratio", "passed", "place", "events", "manual"}
    assert set(definitions["Score"]["properties"]) == kinds
    assert definitions["Indicator"]["properties"]["missing"]["enum"] == ["share_out", "full", "zero", "hr_decides"]
    assert "from" in definitions["FromTargets"]["properties"]
    forms = [form for each in definitions.values() for form in each.get("anyOf", [each])]
    assert all(form["additionalProperties"] is False for form in forms if form.get("type") == "object")


def test_on_and_no_stay_words_and_numbers_stay_exact(tmp_path: Path) -> None:
    text = text_of(CSAT.format(weight=60), MANUAL.format(weight=40)).replace("en: Small", "en: no")
    scheme = read(tmp_path, text.replace("zero_at: 50%", "zero_at: 0.1234567890123456789"))
    score = scheme.versions[0].indicators[0].score
    assert scheme.title.en == "no"
    assert score is not None
    assert score.linear is not None
    assert score.linear.zero_at == Decimal("0.1234567890123456789")


def test_a_metric_that_does_not_exist_for_people_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text_of(CSAT.format(weight=100)), encoding="utf-8")
    shop_only = metric("csat_rate", Unit.RATE).model_copy(update={"levels": ("company",)})
    with pytest.raises(ConfigError, match="csat_rate cannot be told apart by employee — it exists for: company"):
        load_scheme(path, {"csat_rate": shop_only})


def test_a_minimum_needs_something_to_count(tmp_path: Path) -> None:
    line = "      - metric: paid_sales\n        weight: 100\n        score: {linear: {zero_at: 0, full_at: 9}}\n"
    with pytest.raises(ConfigError, match="paid_sales has no denominator to count — remove needs_at_least") as caught:
        read(tmp_path, text_of(line + "        needs_at_least: 20\n"))
    assert caught.value.where.line == 13
