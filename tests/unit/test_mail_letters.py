"""What letters say of the documents they bring: the same figures, in text and page, and none where others may look."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.mail.plain import COLUMNS, columns, folded
from flows.mail.words import page_of, text_of
from flows.rendering.formats import Formats
from flows.rendering.look import Look
from tests.mail_letters import LOCALES, bodies, managers, own, read, reminding
from tests.rendered import sample
from tests.sample_changes import changed
from transforms.errors import DeliveryError
from transforms.metrics.model import Unit
from transforms.reports.appraisal_model import ConsequenceView, PersonConsequence
from transforms.reports.letters import PayFigure, department_figures, due, own_figures
from transforms.reports.record_model import OpenItem
from transforms.titles import Title

NUMBER = re.compile(r"\d[\d,.:/-]*\d|\d")
PREVIEW = 140  # columns of the text that a notification or a list of mails may show
LETTERS = [
    *[pytest.param(own, {"who": who}, id=who) for who in ("E2013", "E2005", "E1008", "E2002")],
    pytest.param(managers, {}, id="manager"),
]


class _Words(HTMLParser):
    """What a reader sees of a page."""

    def __init__(self, page):
        super().__init__()
        self.said, self.hidden = [], 0
        self.feed(page.partition("<body")[2])

    def handle_data(self, data):
        self.said.append(data)


def seen(page):
    return " ".join(" ".join(_Words("<body" + page.partition("<body")[2]).said).partition(">")[2].split())


def numbers(text):
    return NUMBER.findall(text)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("made", "more"), LETTERS)
def test_text_and_page_say_the_same_numbers_in_the_same_order(made, more, locale):
    text, page = bodies(read(made(locale, **more)))
    assert numbers(seen(page)) == numbers(text)
    assert len(numbers(text)) > 3


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("who", ["E2013", "E2005", "E2002"])
def test_the_letter_says_what_the_report_says(locale, who):
    report, formats = sample("employee", who), Formats(locale, "CNY")
    text, _ = bodies(read(own(locale, who)))
    assert formats.number(report.score) in text
    assert formats.title(report.grade) in text
    assert f"{report.rank} / {report.ranked_of}" in text
    assert formats.number(report.to_next) in text
    assert formats.fine(report.next_grade.at_least) in text
    assert formats.title(report.costliest[0].title) in text
    assert formats.change(-report.costliest[0].lost) in text
    assert formats.change(report.change) in text
    assert formats.day(report.appeal.until) in text
    for each in report.appraisals:
        if each.pay and each.counts != "trial" and each.pay.total_fen:
            assert formats.money(each.pay.total_fen) in text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("made", "more"), LETTERS)
def test_no_figure_stands_in_the_subject_or_where_a_locked_phone_shows_it(made, more, locale):
    letter = made(locale, **more)
    message = read(letter)
    text, page = bodies(message)
    shown = [message["Subject"], first(text), first(seen(page))]
    secret = figures_of(letter.figures)
    assert secret or letter.figures.not_scored
    assert not secret & {number for part in shown for number in numbers(part)}
    assert not any(" / " in part or "¥" in part for part in shown)
    assert not any(grade in part for part in shown for grade in grades_of(letter.figures))


def first(text):
    """The beginning of a text as a preview shows it."""
    kept = ""
    for character in " ".join(text.split()):
        if columns(kept) >= PREVIEW:
            break
        kept += character
    return kept


def figures_of(figures):
    """Score, rank, pay, mean, as a reader sees them."""
    formats = Formats("en", "")
    values = [getattr(figures, name, None) for name in ("score", "mean", "to_next")]
    found = {formats.number(value) for value in values if value is not None}
    return found | {formats.number(Decimal(line.amount_fen) / 100) for line in getattr(figures, "pay", ())}


def grades_of(figures):
    titles = [figures.grade] if getattr(figures, "grade", None) else []
    return [title.in_locale(locale) for title in titles for locale in LOCALES]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("subject", ["customer_service", "operations"])
def test_a_managers_letter_holds_nobodys_score(locale, subject):
    text, page = bodies(read(managers(locale, subject)))
    report = sample("department", subject)
    said = set(numbers(text)) | set(numbers(page))
    assert Formats(locale, "").number(report.spread.mean) in said
    for row in report.people:
        assert f"{row.score:.2f}" not in said
        assert row.name not in text


@pytest.mark.parametrize("people", [0, 1, 2, 3, 4, 5])
def test_of_few_people_no_mean_and_no_grades_are_told(people):
    whole = sample("department", "customer_service")
    rows = whole.people[:people]
    spread = whole.spread.model_copy(update={"count": people, "mean": None if people == 0 else whole.spread.mean})
    figures = department_figures(whole.model_copy(update={"people": rows, "unscored": (), "spread": spread}))
    assert (figures.mean is None) == (people < 3)
    assert (figures.grades == ()) == (figures.lower_quartile is None) == (people < 5)
    assert f"：{people}\n" in text_of(managers(figures=figures))


def test_who_wants_no_figures_in_letters_gets_none():
    text, page = bodies(read(own(who="E2013", figures=None)))
    report = sample("employee", "E2013")
    assert Formats("zh-Hans", "").day(report.appeal.until) in text
    assert f"{report.score:.2f}" not in text + page
    assert "要点" not in text


@pytest.mark.parametrize(("locale", "says", "why"), [
    ("zh-Hans", "本期未计分", "借调"), ("zh-Hant", "本期未計分", "借調"), ("en", "Not scored this period", "on loan"),
])  # fmt: skip
def test_who_has_no_score_reads_why(locale, says, why):
    text = text_of(own(locale, "E1008"))
    assert says in text
    assert why in text
    assert not any(word in text for word in ("等级", "等級", "Grade"))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_correction_says_old_and_new_in_a_line_each_and_why(locale):
    report = changed("employee", "E2002")
    told, formats = own_figures(report), Formats(locale, "CNY")
    text = text_of(own(locale, "E2002", figures=told, replaces=report.changes.replaces, revision_number=2))
    lines = " ".join(text.split())
    money = report.changes.money
    assert f"{formats.money(money.before_fen)} → {formats.money(money.after_fen)}" in lines
    for line in told.changed.lines:
        if line.before is not None and line.after is not None and line.unit is Unit.POINTS:
            assert f"{formats.number(line.before)} → {formats.number(line.after)}" in lines
    assert told.changed.lines[0].because
    assert told.changed.lines[0].because[0].says.in_locale(locale)[:12] in lines


@pytest.mark.parametrize("locale", LOCALES)
def test_one_cause_of_all_changes_is_said_once(locale):
    told = own_figures(changed("employee", "E2002"))
    why = told.changed.money.because
    same = told.changed.model_copy(
        update={"lines": tuple(line.model_copy(update={"because": why}) for line in told.changed.lines)}
    )
    text = text_of(own(locale, "E2002", figures=told.model_copy(update={"changed": same}), replaces=same.replaces))
    assert text.count("C-RATING2345") == len(why) == 1


def test_reasons_in_peoples_own_words_stay_in_the_document():
    told = own_figures(changed("employee", "E2002")).changed
    assert not any(because.reason for line in told.lines for because in line.because)


def test_changes_since_another_revision_than_the_reader_has_are_left_to_the_document():
    report = changed("employee", "E2002")
    text = text_of(own(who="E2002", figures=own_figures(report), replaces=report.changes.replaces + 5))
    assert "→" not in text


@pytest.mark.parametrize(("locale", "says"), [
    ("zh-Hans", "暂定结果"), ("zh-Hant", "暫定結果"), ("en", "The result is provisional"),
])  # fmt: skip
def test_a_provisional_letter_says_what_can_still_change(locale, says):
    titles = tuple(Title(zh_hans=f"甲{n}", zh_hant=f"乙{n}", en=f"c{n}") for n in range(7))
    told = own().figures.model_copy(update={"provisional": titles, "provisional_until": date(2026, 11, 5)})
    text = " ".join(text_of(own(locale, figures=told, provisional=True)).split())
    assert says in text
    assert Formats(locale, "").day(date(2026, 11, 5)) in text
    assert f"{titles[4].in_locale(locale)} …" in text
    assert titles[5].in_locale(locale) not in text


@pytest.mark.parametrize("locale", LOCALES)
def test_pay_adds_up_and_may_be_negative(locale):
    lines = (
        PayFigure(title=Title(zh_hans="甲", zh_hant="甲", en="A"), amount_fen=-10_000),
        PayFigure(title=None, amount_fen=2_550, from_period="2026-09"),
    )
    text = text_of(own(locale, figures=own().figures.model_copy(update={"pay": lines})))
    assert [part for part in ("−¥100.00", "¥25.50", "−¥74.50") if part not in text] == []


def test_a_scheme_that_pays_nothing_is_left_out_beside_one_that_pays():
    report = sample("employee", "E2013")
    paying = [each for each in report.appraisals if each.pay and each.counts != "trial"]
    assert paying
    nothing = paying[0].model_copy(update={"pay": paying[0].pay.model_copy(update={"total_fen": 0})})
    both = own_figures(report.model_copy(update={"appraisals": (paying[0], nothing), "carried": ()}))
    none = own_figures(report.model_copy(update={"appraisals": (nothing, nothing), "carried": ()}))
    assert [line.amount_fen for line in both.pay] == [paying[0].pay.total_fen]
    assert [line.amount_fen for line in none.pay] == [0]
    assert both.pay_fen == paying[0].pay.total_fen


def test_only_the_first_of_several_parts_says_figures():
    text = text_of(managers("en", figures=None, part=2, parts=3))
    assert "message 2 of 3" in " ".join(text.split())
    assert "In short" not in text


def test_duties_are_counted_by_title_the_first_due_first():
    def duty(who, title, day, *, trial=False):
        view = ConsequenceView(
            scheme="s", effect="improvement", title=Title(zh_hans=title), says=Title(zh_hans="x"), follows_from=(),
            due_on=day, trial=trial,
        )  # fmt: skip
        return PersonConsequence(employee_id=who, name=who, consequence=view)

    late, soon = date(2026, 11, 28), date(2026, 11, 20)
    told = due([
        duty("E1", "计划", late), duty("E2", "计划", soon), duty("E1", "培训", soon), duty("E3", "试行", soon, trial=True),
        duty("E4", "提示", None),
    ])  # fmt: skip
    assert [(each.title.zh_hans, each.people, each.first_due) for each in told] == [
        ("培训", 1, soon), ("计划", 2, soon),
    ]  # fmt: skip


def test_what_is_open_is_counted():
    def item(kind, *, overdue):
        return OpenItem(
            kind=kind, ref="x", about=(), waits_for="", due_on=None, overdue=overdue, says=Title(zh_hans="x")
        )

    waiting = [item("sheet", overdue=True), item("sheet", overdue=False), item("appeal", overdue=False)]
    figures = department_figures(sample("department", "customer_service"), waiting)
    assert (figures.open_sheets, figures.open_appeals, figures.overdue) == (2, 1, 1)
    text = text_of(managers("en", figures=figures))
    assert "Sheets not filled: 2" in text
    assert "Of these overdue: 1" in text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("made", [own, managers, reminding])
def test_lines_of_plain_text_fit_seventy_two_columns(made, locale):
    text = text_of(made(locale))
    assert max(map(columns, text.splitlines())) <= COLUMNS
    assert "\n\n\n" not in text


@given(st.text(st.characters(categories=["Lo", "L", "N", "P", "S", "Zs"]), max_size=300))
def test_folding_keeps_every_character_and_every_limit(text):
    said = folded(text)
    assert "".join(said.split()) == "".join(text.split())
    assert all(columns(line) <= COLUMNS for line in said.splitlines())


@given(st.lists(st.sampled_from("绩效报告，。；（）a1 "), max_size=200).map("".join))
def test_no_line_begins_with_what_closes(text):
    beginnings = {line[0] for line in folded(text).splitlines()[1:] if line}
    assert not beginnings & set("，。；）") or longest_run(text) > COLUMNS // 2


def longest_run(text):
    return max((len(run) for run in re.findall(r"[，。；（）]+", text)), default=0)


def test_a_character_of_two_columns_counts_two():
    assert (columns("绩效 ok"), columns("ñ"), columns(unicodedata.normalize("NFD", "ñ"))) == (7, 1, 1)


def test_a_companys_own_words_and_templates_write_its_letters():
    override = '{% extends "jixiao/mail/own.html.j2" %}{% block closing %}{{ m.last("HR: 8000") }}{% endblock %}'
    look = Look(words=(("en", "In short", "At a glance"),), files=(("mail/own.html.j2", override),))
    for said in (text_of(own("en"), look), page_of(own("en"), look)):
        assert "At a glance" in said
        assert "HR: 8000" in said
        assert "sent by a program" not in said


def test_a_letter_whose_own_template_is_broken_is_not_made():
    broken = Look(
        files=(
            ("mail/own.html.j2", '{% extends "jixiao/mail/own.html.j2" %}{% block said %}{{ nobody }}{% endblock %}'),
        )
    )
    with pytest.raises(DeliveryError, match="'nobody' is undefined"):
        text_of(own(), broken)
