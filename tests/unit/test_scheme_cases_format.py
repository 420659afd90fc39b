"""What a case file may say, and what is refused with the file, the line and what may be written."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from flows.scheme_cases import CaseResult, run_cases
from flows.scheme_cases.written import Quotient, Written, read_amount, read_written
from transforms.errors import ConfigError

SCHEMES = Path("config/schemes")
HEAD = "scheme: {scheme}\nin_force_on: 2026-10-01\n{more}cases:\n"


def run(folder: Path, cases: str, stem: str = "s02_cs_draft", more: str = "", locale: str = "en") -> list[CaseResult]:
    """Cases of a shipped scheme, written here."""
    target = folder / "schemes"
    (target / "cases").mkdir(parents=True, exist_ok=True)
    for path in SCHEMES.glob("s*.yaml"):
        (target / path.name).write_bytes(path.read_bytes())
    scheme = next(
        line.split()[1]
        for line in (target / f"{stem}.yaml").read_text("utf-8").splitlines()
        if line.startswith("scheme:")
    )
    path = target / "cases" / f"{stem}.cases.yaml"
    path.write_text(HEAD.format(scheme=scheme, more=more) + cases, "utf-8")
    return list(run_cases(path, locale=locale))  # type: ignore[arg-type]


def one(folder: Path, case: str, **told: str) -> CaseResult:
    """The only case of a file."""
    (result,) = run(folder, case, **told)
    return result


# --- amounts as they are written ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numerator", "denominator"),
    [("2475/3076", "2475", "3076"), ("(509+317)/915", "826", "915"), ("500135.60 yuan/47", "50013560", "47")],
)
def test_a_quotient_keeps_its_parts(text: str, numerator: str, denominator: str) -> None:
    assert read_amount(text) == Quotient(text, Decimal(numerator), Decimal(denominator))


def test_a_quotient_by_zero_is_refused() -> None:
    with pytest.raises(PydanticCustomError, match="divides by zero"):
        read_amount("1/0")


@pytest.mark.parametrize(
    ("written", "actual", "same"),
    [
        ("80.46%", "0.804616", True),
        ("80.46%", "0.80465", False),  # rounds to 80.47 %
        ("32.8%", "0.328080", True),
        ("929.68 yuan", "92967.706", True),
        ("929.68 yuan", "92967.4", False),
        ("930 yuan", "92967.706", True),
        ("1.85885‰", "0.00185885", True),
        ("78", "78.4", True),
        ("78", "78.5", False),
    ],
)
def test_a_value_is_compared_to_the_places_written(written: str, actual: str, same: bool) -> None:  # noqa: FBT001
    told = read_written(written)
    assert isinstance(told, Written)
    assert told.same(Decimal(actual)) is same


@given(st.decimals(min_value=-1000, max_value=1000, places=3), st.sampled_from(["", "%", "‰", " yuan"]))
def test_whatever_is_written_is_the_same_as_itself(number: Decimal, unit: str) -> None:
    told = read_written(f"{number:f}{unit}")
    assert isinstance(told, Written)
    assert told.same(told.value)
    assert not told.same(told.value + told.quantum)


def test_nothing_is_not_a_number() -> None:
    told = read_written("0")
    assert isinstance(told, Written)
    assert not told.same(None)


# --- names that lead nowhere -------------------------------------------------------------------------------------

WRONG = {
    "an indicator": ("given: {conversions: 40%}\n    then: {}", "the scheme has no indicator conversions", "did you mean 'conversion'"),
    "an indicator of a week": ("weeks: {1: {conversions: 40%}}\n    then: {}", "the scheme has no indicator conversions", "'conversion'"),
    "an event": ("events: {prise: 1}\n    then: {}", "no line of the scheme counts the event prise", "did you mean 'praise'"),
    "somebody": ("team: {Ann: {}}\n    then: {Anne: {score: 1}}", "nobody of the team is called Anne", "did you mean 'Ann'"),
    "a part of a person": ("givn: {conversion: 40%}\n    then: {}", "unknown key 'givn'", "did you mean 'given'"),
    "a week": ("weeks: {7: {conversion: 40%}}\n    then: {}", "weeks", "match"),
    "a number": ("given: {conversion: many}\n    then: {}", "'many' is not a number", "write 30, 0.85, 85%"),
    "a period": ("past: {2026-13: 80}\n    then: {}", "'2026-13' is not a period", "write a month"),
    "a path": ("changed: {pay.parametrs.marginal: 1}\n    then: {}", "has no 'parametrs' in pay", "did you mean 'parameters'"),
    "a line": ("changed: {points.performance.lines.conversions.every: week}\n    then: {}", "has no 'conversions'", "'conversion'"),
    "an unknown key set": ("changed: {points.performance.lines.conversion.evry: week}\n    then: {}", "unknown key 'evry'", "'every'"),
    "a value that does not fit": ("changed: {points.performance.cap: high}\n    then: {}", "cap", ""),
    "a metric": ("changed: {points.performance.lines.conversion.metric: happiness}\n    then: {}", "happiness", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_names_that_lead_nowhere_are_refused_with_line_and_what_is_allowed(name: str, tmp_path: Path) -> None:
    body, what, todo = WRONG[name]
    with pytest.raises(ConfigError) as error:
        run(tmp_path, f"  - case: Something\n    {body}\n")
    assert what in str(error.value)
    assert todo in str(error.value)
    assert error.value.where.file is not None
    assert error.value.where.file.endswith("s02_cs_draft.cases.yaml")
    assert error.value.where.line in {5, 6}


def test_a_scheme_by_quarter_needs_its_period(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="judges by quarter, but 2026-10 is a month"):
        run(tmp_path, "  - case: Something\n    then: {}\n", "s26_four_aspects")


def test_a_case_file_without_its_scheme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases" / "gone.cases.yaml"
    path.parent.mkdir()
    path.write_text(HEAD.format(scheme="gone", more="") + "  - case: Something\n    then: {}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"gone\.yaml: scheme gone: the file is missing"):
        run_cases(path)


# --- the parameter turned ----------------------------------------------------------------------------------------

SOLD = "    given: {paid_amount: {value: 140000 yuan, target: 100000 yuan}}\n"


@pytest.mark.parametrize(
    ("changed", "commission"),
    [
        ("{pay.parameters.marginal: 0}", "1000.00 yuan"),
        ("{pay.parameters.marginal: 1}", "973.00 yuan"),
        ("{pay.tables.excess_rate.1.gives: 20‰}", "1000.00 yuan"),
        ("{pay.tables.excess_rate.2.gives: 20‰}", "1360.00 yuan"),
        ("{pay.parameters.kept_in_target: 100%, pay.parameters.kept_excess: 100%}", "1200.00 yuan"),
    ],
)
def test_a_changed_parameter_changes_what_comes_out(changed: str, commission: str, tmp_path: Path) -> None:
    told = f"  - case: One\n    changed: {changed}\n{SOLD}    then: {{pay: {{commission: {commission}}}}}\n"
    assert one(tmp_path, told).differences == ()


def test_a_change_lasts_for_its_case_only(tmp_path: Path) -> None:
    changed = f"  - case: One\n    changed: {{pay.parameters.marginal: 1}}\n{SOLD}    then: {{pay: {{commission: 973.00 yuan}}}}\n"
    after = f"  - case: Two\n{SOLD}    then: {{pay: {{commission: 1000.00 yuan}}}}\n"
    assert [each.differences for each in run(tmp_path, changed + after)] == [(), ()]


def test_who_is_judged_can_be_changed_too(tmp_path: Path) -> None:
    told = "  - case: One\n    changed: {applies_to.posts: [店长]}\n    post: 客服专员\n    then: {appraised: false}\n"
    assert one(tmp_path, told).holds


def test_a_scheme_that_must_not_load_says_why(tmp_path: Path) -> None:
    told = "  - case: One\n    changed: {points.performance.lines.conversion.give: {rank: {top: []}}}\n    then: {refused: top}\n"
    assert one(tmp_path, told).holds


def test_a_scheme_that_loads_is_not_refused(tmp_path: Path) -> None:
    result = one(tmp_path, "  - case: One\n    then: {refused: anything}\n")
    assert result.differences == ("the scheme is not refused",)


def test_another_reason_than_the_one_expected_is_told(tmp_path: Path) -> None:
    told = "  - case: One\n    changed: {points.performance.lines.conversion.give: {rank: {top: []}}}\n    then: {refused: hunger}\n"
    assert "not 'hunger'" in one(tmp_path, told).differences[0]
