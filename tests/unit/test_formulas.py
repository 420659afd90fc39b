"""Formulas as text: what may be written, what it means, and how a mistake is told."""

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from flows.schemes import load_scheme
from flows.yaml_files import load_yaml, validate_data
from transforms.errors import ConfigError
from transforms.formulas.functions import FUNCTIONS
from transforms.formulas.nodes import Call, Number, names, walk, written
from transforms.formulas.parsing import FormulaError, parse
from transforms.schemes.pay import Fact, Pay, Table
from transforms.schemes.references import When
from transforms.schemes.scheme import Scheme

EXEMPLAR = Path("config/schemes/s02_cs_draft.yaml")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5‰", "0.005"),
        ("80 %", "0.8"),
        ("100 yuan", "10000"),
        ("1_000.50元", "100050"),
        ("7 fen", "7"),
        ("7分", "7"),
        ("0.5", "0.5"),
    ],
)
def test_a_number_carries_its_unit(text: str, meant: str) -> None:
    node = parse(text)
    assert isinstance(node, Number)
    assert node.value == Decimal(meant)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a + b * c", "a + b * c"),
        ("(a + b) * c", "(a + b) * c"),
        ("((a)) - (b - c)", "a - (b - c)"),
        ("a - b - c", "a - b - c"),
        ("-a * b", "-a * b"),
        ("-(a * b)", "-(a * b)"),
        ("not a < b and c", "not a < b and c"),
        ("not (a and b) or c", "not (a and b) or c"),
        ("(a < b) = c", "(a < b) = c"),
        ("if( a>=1,min(b ,c),\n -2 )", "if(a >= 1, min(b, c), -2)"),
        ("order+android", "order + android"),
    ],
)
def test_brackets_stand_only_where_they_are_needed(text: str, plain: str) -> None:
    assert written(parse(text)) == plain
    assert parse(plain) == parse(text)


def test_names_come_in_the_order_of_the_text_each_once() -> None:
    assert names(parse("min(sales, target) * rate(sales / target)")) == ("sales", "target")


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("", 1, "not finished"),
        ("sales *", 8, "not finished"),
        ("sales target", 7, "'t' cannot stand here"),
        ("a < b < c", 7, "'<' cannot stand here"),
        ("min(a)", 1, "min takes 2 to 20 arguments, here are 1"),
        ("1 + round(a, 2)", 5, "round takes 1 argument, here are 2"),
        ("sum(a + b)", 1, "sum needs the name of a person's number"),
        ("marginal(5, a)", 1, "marginal needs the name of a table"),
        ("__import__('os')", 1, "'_' cannot stand here"),
        ("a.b", 2, "'.' cannot stand here"),
        ("a[0]", 2, "'[' cannot stand here"),
        ("lambda: 1", 7, "':' cannot stand here"),
        ("(" * 41 + "a" + ")" * 41 + "b", 84, "'b' cannot stand here"),
        ("1.5%%", 5, "'%' cannot stand here"),
        ("x" * 501, 500, "too long"),
        ("not " * 60 + "a", 1, "nested too deeply"),
    ],
)
def test_a_mistake_names_its_column(text: str, column: int, told: str) -> None:
    with pytest.raises(FormulaError, match=r"\(column") as caught:
        parse(text)
    assert told in caught.value.what
    assert caught.value.column == column
    assert caught.value.todo


PAY = {
    "parameters": {"kept": "80%", "head": "100 yuan"},
    "facts": {"sales": {"metric": "paid_amount"}, "target": {"target": "paid_amount"}, "staff": {"people": "appraised"}},
    "tables": {"rates": [{"up_to": "60%", "gives": "5‰"}, {"gives": "8‰"}]},
}  # fmt: skip
TITLE = {"zh-Hans": "甲", "en": "A"}


def pay(**parts: object) -> Pay:
    return Pay.model_validate({**PAY, **parts})


@pytest.mark.parametrize(
    ("parts", "told", "todo"),
    [
        ({"person": {"a": "sales / targte"}}, "there is no name 'targte' (column 9)", "did you mean target?"),
        ({"person": {"a": "rate(sales)"}}, "there is no function or table 'rate' (column 1)", "did you mean rates?"),
        ({"person": {"a": "eval(sales)"}}, "there is no function or table 'eval'", ""),
        ({"person": {"a": "rates * 2"}}, "rates is a table, not a number", "rates(completion)"),
        ({"person": {"a": "rates(sales, 2)"}}, "the table rates is looked up with 1 value", "rates(completion)"),
        ({"person": {"a": "marginal(kept, sales)"}}, "there is no table 'kept'", "rates"),
        ({"department": {"a": "sales * kept"}}, "sales is a number of each person", "sum(sales)"),
        ({"department": {"a": "sum(kept)"}}, "kept is the same for everybody", "write kept alone"),
        ({"person": {"a": "b + 1", "b": "a + 1"}}, "a circle: a → b → a", "without the others"),
        ({"person": {"a": "a + 1"}}, "a circle: a → a", "without the others"),
        ({"person": {"x": "y"}, "department": {"y": "sum(x)"}}, "circle: y → x → y", "without the others"),
        ({"person": {"a": "sales +"}}, "not finished (column 8)", "write one of"),
        ({"person": {"and": "1"}}, "and is a word of the formula language", "another name"),
        ({"tables": {"min": [{"gives": 1}]}}, "min is a word of the formula language", "another name"),
        ({"person": {"sales": "1"}}, "the name sales stands in facts and in person", "own name"),
        ({"pays": [{"key": "p", "kind": "bonus", "title": TITLE, "amount": "nothing"}]}, "no name 'nothing'", ""),
        ({"pays": [{"key": "p", "kind": "bonus", "title": TITLE, "amount": "rates"}]}, "rates is a table", ""),
        ({"pools": {"p": {"title": TITLE, "amount": "sales", "by": "sales"}}}, "sales is a number of each person", ""),
        ({"pools": {"p": {"title": TITLE, "amount": "head", "by": "staff"}}}, "staff is the same for everybody", ""),
        ({"pools": {"p": {"title": TITLE, "amount": "head", "by": "sales", "divisor": "sales"}}}, "each person", ""),
        ({"never_negative": ["kept"]}, "kept cannot be shown", "with a title"),
        ({"tables": {"t": [{"up_to": 2, "gives": 1}, {"up_to": 1, "gives": 2}, {"gives": 3}]}}, "do not climb", ""),
        ({"facts": {"f": {"metric": "m", "when": ["now", "last_month"]}}}, "several times need to be joined", "take"),
        ({"facts": {"f": {"points": "p", "of": "department"}}}, "points has no of:", "leave of: out"),
        ({"facts": {"f": {"event": "e", "of": "company"}}}, "events are a person's or a department's", "department"),
        ({"facts": {"f": {"score": "own", "when": ["last_month"]}}}, "score has no when:", "leave when: out"),
    ],
)  # fmt: skip
def test_names_that_do_not_fit_are_refused_when_the_file_is_read(
    parts: dict[str, object], told: str, todo: str
) -> None:
    with pytest.raises(ValueError, match="1 validation error") as caught:
        pay(**parts)
    (error,) = caught.value.errors()  # type: ignore[attr-defined]
    assert told in error["msg"]
    assert todo in error["ctx"]["todo"]


def test_formulas_that_grow_without_end_are_refused() -> None:
    """Each needs the one before twice: written out, the last would have a million steps."""
    doubling = {f"a{n}": f"a{n - 1} + a{n - 1}" for n in range(1, 20)}
    with pytest.raises(ValueError, match="steps"):
        pay(person={"a0": "sales", **doubling})
    assert pay(person={"a0": "sales", **dict(list(doubling.items())[:6])}).person["a6"].formula == "a5 + a5"


def test_a_parameter_and_a_table_keep_their_unit() -> None:
    made = pay()
    assert [(p.value, p.unit) for p in made.parameters.values()] == [(Decimal("0.80"), "rate"), (10000, "fen")]
    assert made.tables["rates"].unit == "rate"
    assert Pay.model_validate_json(made.model_dump_json(by_alias=True)) == made
    assert Table.model_validate([{"gives": "50 yuan"}]).unit == "fen"


def test_the_exemplar_reads_back_from_the_ledgers_text_as_it_was() -> None:
    data, line_of = load_yaml(EXEMPLAR)
    scheme = validate_data(Scheme, data, EXEMPLAR, line_of)
    assert Scheme.model_validate_json(scheme.model_dump_json(by_alias=True)) == scheme


def test_a_misspelled_name_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    text = EXEMPLAR.read_text(encoding="utf-8")
    assert text.count("sales / target") == 1
    path.write_text(text.replace("sales / target", "sales / targte"), encoding="utf-8")
    line = path.read_text(encoding="utf-8")[: path.read_text(encoding="utf-8").index("targte")].count("\n") + 1
    with pytest.raises(ConfigError) as caught:
        load_scheme(path)
    assert f"wrong.yaml, line {line}, field versions[0].pay.person.completion.formula:" in str(caught.value)
    assert "there is no name 'targte' (column 9) — did you mean target?" in str(caught.value)


def test_a_formula_over_several_lines_of_a_file_is_one_text(tmp_path: Path) -> None:
    path = tmp_path / "folded.yaml"
    path.write_text("formula: >-\n  1 +\n  2\n", encoding="utf-8")
    data, _ = load_yaml(path)
    assert data == {"formula": "1 + 2"}


def test_the_page_about_money_names_everything_there_is() -> None:
    page = Path("docs/scheme-money.md").read_text(encoding="utf-8")
    formulas = [
        cell for line in page.splitlines() if line.startswith("| `") for cell in line.split("|")[1].split("`")[1::2]
    ]
    calls = {
        node.function for text in formulas if "(" in text for node, _ in walk(parse(text)) if isinstance(node, Call)
    }
    assert calls == {*FUNCTIONS, "rates"}
    assert all(f"`{part}`" in page for part in Pay.model_fields)
    assert all(
        f"`{source}`" in page
        for source in Fact.model_fields
        if source not in {"of", "when", "take", "missing", "title", "unit"}
    )
    assert all(when in page for when in get_args(When))
