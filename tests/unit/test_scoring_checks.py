"""What is refused when a scheme is read against the catalogue: each mistake with its line and what to write."""

from pathlib import Path

import pytest

from tests.scheme_kit import CATALOGUE, CSAT, HEAD, text_of
from transforms.errors import ConfigError
from transforms.schemes.scheme import Scheme
from transforms.scoring.checks import mistakes

_CSAT = CSAT.format(weight=100)


def line(metric: str, rule: str) -> str:
    return f"      - metric: {metric}\n        weight: 100\n        score: {rule}\n"


def veto(told: str) -> str:
    return text_of(
        _CSAT,
        head=HEAD.replace("    indicators:", f"    vetoes: [{{{told}, title: {{zh-Hans: 红线}}}}]\n    indicators:"),
    )


POINTS = """    points:
      own:
        title: {zh-Hans: 积分}
        lines:
          - {metric: %s, give: {compare: {to: {of: department, metric: %s}, worse: -1}}}
"""
QUOTAS = "    distribution: {quotas: [{grade: a, share: 50%}, {grade: b, share: 50%}], small: thresholds}\n"

WRONG = {
    "band": (text_of(line("csat_rate", "{band: {better: 4, worse: 4.5}}")), "the band rewards the wrong end", "exchange better and worse"),
    "limit": (text_of(line("csat_rate", "{passed: {at_most: 4}}")), "the limit rewards the wrong end", "write at_least:"),
    "limit, lower": (text_of(line("complaint_rate", "{passed: {at_least: 4%}}")), "the limit rewards the wrong end", "write at_most:"),
    "a band of 450 %": (text_of(line("csat_rate", "{band: {better: 45, worse: 4}}")), "45 is 4500%, too much for csat_rate", "write 45% or 0.45"),
    "a limit of 8500 %": (text_of(line("csat_rate", "{passed: {at_least: 85}}")), "85 is 8500%, too much for csat_rate", "write 85% or 0.85"),
    "ratio": (text_of(line("csat_rate", "{ratio: {to: {of: own, metric: csat_rat}}}")), "there is no metric 'csat_rat'", "csat_rate"),
    "red line": (veto("metric: complaint_rat, above: 5%, then: zero"), "there is no metric 'complaint_rat'", "complaint_rate"),
    "cap": (veto("event: red_line, then: cap, cap_grade: fair"), "there is no grade 'fair'", "write one of: excellent, good, qualified, unqualified"),
    "points": (text_of(_CSAT) + POINTS % ("refund", "refunds"), "there is no metric 'refund'", "refunds"),
    "points, reference": (text_of(_CSAT) + POINTS % ("refunds", "refund"), "there is no metric 'refund'", "refunds"),
    "months of a month": (
        text_of("      - months: {}\n        title: {zh-Hans: 各月}\n        weight: 100\n"), "a month has no months to roll up", "cycle: quarter",
    ),
    "small teams": (
        text_of(_CSAT, head=HEAD.replace("    grades: {excellent: 90, good: 80, qualified: 60}\n", QUOTAS)),
        "small teams are graded by thresholds, and there are none", "add grades:",
    ),
    "whose": (text_of(_CSAT), "csat_rate cannot be told apart by employee", "of: company"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "what", "todo"), WRONG.values(), ids=WRONG)
def test_a_mistake_says_what_is_wrong_and_what_to_write(tmp_path: Path, text: str, what: str, todo: str) -> None:
    from flows.schemes import load_scheme

    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    company_only = {"csat_rate": CATALOGUE["csat_rate"].model_copy(update={"levels": ("company",)})}
    catalogue = CATALOGUE | (company_only if "cannot be told apart" in what else {})
    with pytest.raises(ConfigError) as caught:
        load_scheme(path, catalogue)
    assert what in caught.value.what
    assert todo in (caught.value.todo or "")
    assert caught.value.where is not None
    assert caught.value.where.line


def test_a_metric_of_the_company_is_right_where_the_line_is_about_the_company() -> None:
    whole = CATALOGUE["csat_rate"].model_copy(update={"levels": ("company",)})
    indicator = {
        "metric": "csat_rate",
        "weight": 100,
        "of": "company",
        "score": {"linear": {"zero_at": 0, "full_at": 1}},
    }
    version = {"effective_from": "2026-01-01", "approved": {"by": "HR", "date": "2025-12-01"}, "grades": {"good": 80}}
    told = {"scheme": "s", "title": {"zh-Hans": "题"}, "applies_to": {"department": "cs"}}
    scheme = Scheme.model_validate({**told, "versions": [{**version, "indicators": [indicator]}]})
    assert list(mistakes(scheme, {"csat_rate": whole})) == []
