"""A wrong scheme file: the message names file, line, scheme, field, and what is allowed; nothing is scored."""

from pathlib import Path

import pytest

from flows.company import Company, CompanySettings
from flows.schemes import load_schemes
from tests.scheme_kit import CATALOGUE, CSAT, MANUAL, read, text_of
from transforms.errors import ConfigError
from transforms.titles import Title

GOOD = text_of(CSAT.format(weight=60), MANUAL.format(weight=40))

# (what somebody changed, into what) → (line, field, words of the message, words of what to do)
MISTAKES = {
    "weights of 99": (
        ("weight: 40", "weight: 39"),
        11,
        "versions[0].indicators[0].weight",
        "the weights sum to 99, not 100",
        "sum to 100",
    ),
    "an unknown metric": (
        ("csat_rate", "csat_rat"),
        10,
        "versions[0].indicators[0].metric",
        "there is no metric 'csat_rat'",
        "did you mean 'csat_rate'? allowed: complaint_rate, csat_rate",
    ),
    "a misspelled key": (
        ("weight: 60", "wieght: 60"),
        11,
        "versions[0].indicators[0].wieght",
        "unknown key 'wieght'",
        "did you mean 'weight'? allowed: event, manual, metric, ",
    ),
    "an unknown rule": (
        ("linear:", "linar:"),
        12,
        "versions[0].indicators[0].score.linar",
        "unknown key 'linar'",
        "did you mean 'linear'? allowed: band, events, linear, manual, passed, place, ratio, steps, target",
    ),
    "a day that does not exist": (
        ("2026-01-01", "2026-02-30"),
        5,
        "versions[0].effective_from",
        "effective_from is '2026-02-30'",
        "2026-01-31",
    ),
    "a number with text in it": (
        ("50%", "fifty"),
        12,
        "versions[0].indicators[0].score.linear.zero_at",
        "'fifty' is not a number",
        "85%",
    ),
    "an unknown policy": (
        ("weight: 60", "weight: 60\n        missing: sharing"),
        12,
        "versions[0].indicators[0].missing",
        "'sharing' is not allowed",
        "allowed: full, hr_decides, share_out, zero",
    ),
    "an unknown role": (
        ("manager: 80", "boss: 80"),
        7,
        "versions[0].judged_by.roles.boss",
        "'boss' is not allowed",
        "allowed: customer, manager, peer, self, subordinate",
    ),
    "roles that do not sum": (
        ("manager: 80", "manager: 70"),
        7,
        "versions[0].judged_by.roles",
        "the weights of the roles sum to 90",
        "sum to 100",
    ),
    "the wrong end rewarded": (
        ("zero_at: 50%, full_at: 100%", "zero_at: 100%, full_at: 50%"),
        12,
        "versions[0].indicators[0].score.linear",
        "of csat_rate higher is better",
        "exchange zero_at and full_at",
    ),
    "per cent forgotten": (
        ("full_at: 100%", "full_at: 100"),
        12,
        "versions[0].indicators[0].score.linear.full_at",
        "100 is 10000%",
        "write 100%",
    ),
    "the same indicator twice": (
        ("manual: teamwork", "metric: csat_rate\n        score: {linear: {zero_at: 0, full_at: 1}}"),
        13,
        "versions[0].indicators[1].metric",
        "csat_rate stands here twice",
        "keep one",
    ),
    "nobody approved": (
        ("    approved: {by: Head of HR, date: 2025-12-12, reference: HR-1}\n", ""),
        5,
        "versions[0].approved",
        "the key 'approved' is missing",
        "add approved",
    ),
    "two grades at one score": (
        ("good: 80", "good: 90"),
        8,
        "versions[0].grades",
        "two grades begin at the same score",
        "own threshold",
    ),
    "a manual indicator without a title": (
        ("        title: {zh-Hans: 协作, en: Teamwork}\n", ""),
        13,
        "versions[0].indicators[1].title",
        "has no title",
        "add title",
    ),
    "a key written twice": (
        ("weight: 60", "weight: 60\n        weight: 40"),
        12,
        "weight",
        "the key 'weight' is written twice",
        "keep one",
    ),
    "no rule": (
        ("        score: {linear: {zero_at: 50%, full_at: 100%}}\n", ""),
        10,
        "versions[0].indicators[0].score",
        "a metric needs its rule",
        "band, linear, passed, place, ratio, steps, target",
    ),
}


@pytest.mark.parametrize(("change", "line", "field", "told", "todo"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_place_and_what_is_allowed(
    tmp_path: Path, change: tuple[str, str], line: int, field: str, told: str, todo: str
) -> None:
    before, after = change
    assert before in GOOD
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, GOOD.replace(before, after))
    error = caught.value
    assert (error.where.file, error.where.line, error.where.field) == (str(tmp_path / "small.yaml"), line, field)
    assert error.what.startswith("scheme small: ")
    assert told in error.what
    assert todo in error.todo
    assert error.exit_code == 4


RULES = {
    "steps that do not climb": (
        "{steps: [{up_to: 60, gives: 100}, {up_to: 30, gives: 60}, {gives: 0}]}",
        "do not climb",
    ),
    "a last step with an end": (
        "{steps: [{up_to: 30, gives: 100}, {up_to: 60, gives: 0}]}",
        "the last step must not have up_to",
    ),
    "steps that reward the wrong end": (
        "{steps: [{up_to: 30, gives: 0}, {gives: 100}]}",
        "first_response_seconds lower is better",
    ),
    "two rules at once": (
        "{linear: {zero_at: 90, full_at: 20}, target: {floor: 50%}}",
        "a rule has one kind, here are 2",
    ),
    "no way up": ("{linear: {zero_at: 20, full_at: 20}}", "zero_at and full_at are the same"),
    "a target rule without a target": ("{target: {floor: 50%}}", "the rule target needs a target"),
    "a cap above full points": ("{target: {cap: 120%}}\n        target: 30", "the cap 120% is above full_at 100%"),
    "a floor above the cap": ("{target: {floor: 110%}}\n        target: 30", "the floor is above the cap"),
}


@pytest.mark.parametrize(("rule", "told"), RULES.values(), ids=RULES)
def test_a_rule_that_cannot_work_is_refused(tmp_path: Path, rule: str, told: str) -> None:
    line = f"      - metric: first_response_seconds\n        weight: 100\n        score: {rule}\n"
    with pytest.raises(ConfigError, match=told):
        read(tmp_path, text_of(line))


def test_group_weights_must_match_their_indicators(tmp_path: Path) -> None:
    text = GOOD.replace(
        "    indicators:\n",
        "    groups:\n      - group: all\n        title: {zh-Hans: 全部}\n        weight: 90\n        indicators:\n",
    )
    nested = text[: text.index("      - metric")] + "".join(
        f"    {line}\n" for line in text[text.index("      - metric") :].splitlines()
    )
    with pytest.raises(ConfigError, match="the weights in all sum to 100, but the group has 90") as caught:
        read(tmp_path, nested)
    assert (caught.value.where.line, caught.value.where.field) == (12, "versions[0].groups[0].weight")


def test_every_mistake_is_counted(tmp_path: Path) -> None:
    wrong = GOOD.replace("weight: 60", "wieght: 60").replace("2026-01-01", "2026-13-01").replace("50%", "half")
    with pytest.raises(ConfigError, match=r"and 3 more: line 11 .*unknown key 'wieght'"):
        read(tmp_path, wrong)


@pytest.mark.parametrize(
    ("second", "told"),
    [("2026-01-01", "two versions begin on 2026-01-01"), ("2025-01-01", "the versions are not oldest first")],
)
def test_versions_climb(tmp_path: Path, second: str, told: str) -> None:
    versions = GOOD[GOOD.index("  - effective_from") :]
    with pytest.raises(ConfigError, match=told) as caught:
        read(tmp_path, GOOD + versions.replace("2026-01-01", second))
    assert (caught.value.where.line, caught.value.where.field) == (16, "versions[1].effective_from")


def company(root: Path, **files: str) -> Company:
    (root / "config" / "schemes").mkdir(parents=True)
    for name, text in files.items():
        (root / "config" / "schemes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Company(root, CompanySettings(name=Title(zh_hans="试")))


def test_a_company_without_a_scheme_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no scheme: nobody would be scored"):
        load_schemes(company(tmp_path), CATALOGUE)


def test_the_same_scheme_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"the name is taken by a\.yaml"):
        load_schemes(company(tmp_path, a=GOOD, b=GOOD), CATALOGUE)


def test_two_schemes_for_the_same_people_are_refused(tmp_path: Path) -> None:
    other = GOOD.replace("scheme: small", "scheme: other")
    with pytest.raises(ConfigError, match=r"scheme other: small judges the same people of cs") as caught:
        load_schemes(company(tmp_path, a=GOOD, b=other), CATALOGUE)
    assert caught.value.where.line == 3
    posts = [
        GOOD.replace("department: cs", "department: cs, posts: [售前]"),
        other.replace("department: cs", "department: cs, posts: [售后]"),
    ]
    assert len(load_schemes(company(tmp_path / "posts", a=posts[0], b=posts[1]), CATALOGUE)) == 2
