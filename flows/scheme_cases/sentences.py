"""A case as a sentence for HR, in the titles people know: what is given, and what comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flows.scheme_cases.comparing import Outcome
from flows.scheme_cases.model import About, Case, Person, Values
from flows.scheme_cases.setting import Setting
from flows.scheme_cases.world import ALONE
from transforms.metrics.model import Unit
from transforms.scoring.results import DepartmentAppraisal, PeriodResults
from transforms.scoring.rule_kinds import plain
from transforms.titles import Locale, Title


def _three(hans: str, hant: str, en: str) -> Title:
    return Title(zh_hans=hans, zh_hant=hant, en=en)


_WORDS = {
    "given": _three("：已知{told}，", "：已知{told}，", ": given {told}, "),
    "nothing": _three("没有数据", "沒有資料", "no data"),
    "comma": _three("、", "、", ", "),
    "then": _three("；", "；", "; "),
    "stop": _three("。", "。", "."),
    "weeks": _three("第{n}周（{told}）", "第{n}週（{told}）", "week {n} ({told})"),
    "all": _three("每", "每", "each"),
    "iso_weeks": _three("自然周{n}（{told}）", "自然週{n}（{told}）", "calendar week {n} ({told})"),
    "last_month": _three("上月（{told}）", "上月（{told}）", "last month ({told})"),
    "same_month_last_year": _three("去年同月（{told}）", "去年同月（{told}）", "the same month last year ({told})"),
    "last_3_months": _three("前三个月（{told}）", "前三個月（{told}）", "the three months before ({told})"),
    "target": _three("{of}目标 {n}", "{of}目標 {n}", "target of {of} {n}"),
    "target_last": _three("上月{of}目标 {n}", "上月{of}目標 {n}", "last month's target of {of} {n}"),
    "changed": _three("参数改为 {told}", "參數改為 {told}", "the parameter turned to {told}"),
    "of": _three("{who}（{told}）", "{who}（{told}）", "{who} ({told})"),
    "department": _three("部门", "部門", "the department"),
    "company": _three("公司", "公司", "the company"),
    "card": _three("考核表为 {n}（{grade}）", "考核表為 {n}（{grade}）", "the card shows {n} ({grade})"),
    "sheet": _three("{of} {n} 分", "{of} {n} 分", "{of} {n}"),
    "pay": _three("应发 {n} 元（{told}）", "應發 {n} 元（{told}）", "the pay is {n} yuan ({told})"),
    "pool": _three("{of} {n} 元，余 {left} 元", "{of} {n} 元，餘 {left} 元", "{of} {n} yuan, left over {left} yuan"),
    "yuan": _three("{n} 元", "{n} 元", "{n} yuan"),
    "whose": _three("{who}：{told}", "{who}：{told}", "{who}: {told}"),
    "months": _three("工龄 {n} 个月", "工齡 {n} 個月", "{n} months of service"),
    "worked": _three("最后 {n} 个工作日在岗", "最後 {n} 個工作日在崗", "there for the last {n} working days"),
    "rest": _three("其余", "其餘", "the rest"),
    "special": _three("专项活动 {n}", "專項活動 {n}", "special campaign {n}"),
}


@dataclass(frozen=True)
class Voice:
    """The language, and the titles of what the schemes name."""

    locale: Locale
    titles: Mapping[str, Title]
    setting: Setting

    def say(self, word: str, **parts: object) -> str:
        """One of our own phrases, filled in."""
        return _WORDS[word].in_locale(self.locale).format(**parts)

    def name(self, key: str) -> str:
        """What people call it."""
        return self.titles[key].in_locale(self.locale) if key in self.titles else key

    def listed(self, told: Iterator[str]) -> str:
        """Several things in a row."""
        return self.say("comma").join(told)

    def amount(self, key: str, value: Decimal) -> str:
        """A number of a metric in the unit people read."""
        metric = self.setting.catalogue.get(key)
        if metric is None or metric.unit is not Unit.FEN:
            return plain(value)
        return self.yuan(value)

    def yuan(self, fen: Decimal) -> str:
        """Money."""
        return self.say("yuan", n=in_yuan(fen))


def in_yuan(fen: Decimal | int) -> str:
    """Fen as yuan, to the fen."""
    return f"{Decimal(fen) / 100:.2f}"


def title_of(case: Case, locale: Locale) -> str:
    """What the case is called."""
    return case.case if isinstance(case.case, str) else case.case.in_locale(locale)


def sentence(case: Case, found: Mapping[str, Outcome], results: PeriodResults, setting: Setting, locale: Locale) -> str:
    """The case in one sentence."""
    voice = Voice(locale, _titles(setting), setting)
    told = voice.listed(_given(case, voice)) or voice.say("nothing")
    came = [each for name, outcome in found.items() if (each := _came_out(name, outcome, voice))]
    for department in results.departments:
        of_scheme = (each for each in department.appraisals if each.scheme == setting.scheme.scheme)
        came += [each for appraisal in of_scheme for each in _of_department(appraisal, voice)]
    return title_of(case, locale) + voice.say("given", told=told) + voice.say("then").join(came) + voice.say("stop")


def _titles(setting: Setting) -> dict[str, Title]:
    found = {key: metric.title for key, metric in setting.catalogue.items()}
    found |= {each.key: each.title for each in setting.indicators if each.title}
    for version in setting.versions:
        found |= {line.name: line.title for sheet in version.points.values() for line in sheet.lines if line.title}
    return {**found, "rest": _WORDS["rest"]}


def _given(case: Case, voice: Voice) -> Iterator[str]:
    yield from _of_person(case, voice)
    for name, person in case.team.items():
        yield voice.say("of", who=name, told=voice.listed(_of_person(person, voice)) or "—")
    for who, about in {
        voice.say("department"): case.department,
        **case.departments,
        voice.say("company"): case.company,
    }.items():
        if told := voice.listed(_about(about, voice)):
            yield voice.say("of", who=who, told=told)
    yield from (voice.say("special", n=days) for days in case.special_campaigns)
    if case.changed:
        yield voice.say("changed", told=voice.listed(f"{path} = {value}" for path, value in case.changed.items()))


def _of_person(person: Person, voice: Voice) -> Iterator[str]:
    yield from _about(person, voice)
    yield from (f"{key} {voice.yuan(value)}" for key, value in person.pay_items.items())
    yield from (f"{key} {plain(value)}" for key, value in person.attendance.items())
    yield from (str(each) for each in (person.post, person.works_in) if each)
    if person.role != "member":
        yield person.role
    if person.seniority_months is not None:
        yield voice.say("months", n=person.seniority_months)
    if person.worked is not None:
        yield voice.say("worked", n=person.worked)


def _about(about: About, voice: Voice) -> Iterator[str]:
    yield from _values(about.given, voice)
    for word in ("weeks", "iso_weeks"):
        for week, values in getattr(about, word).items():
            number = voice.say("all") if week == "all" else week
            yield voice.say(word, n=number, told=voice.listed(_values(values, voice)))
    for word in ("last_month", "same_month_last_year", "last_3_months"):
        several = getattr(about, word)
        for values in [several] if isinstance(several, dict) else several:
            if values:
                yield voice.say(word, told=voice.listed(_values(values, voice)))
    yield from (f"{key} ({voice.listed(_values(values, voice))})" for key, values in about.windows.items())
    yield from _agreed(about, voice)
    for kind, happened in about.events.items():
        yield f"{voice.name(kind)} ×{plain(sum((each.quantity for each in happened), Decimal(0)))}"
    yield from (
        f"{period}: {each.grade or ''} {each.score if each.score is not None else ''}".strip()
        for period, each in about.past.items()
    )


def _agreed(about: About, voice: Voice) -> Iterator[str]:
    for word, targets in (("target", about.targets), ("target_last", about.targets_last_month)):
        yield from (voice.say(word, of=voice.name(key), n=voice.amount(key, value)) for key, value in targets.items())


def _values(values: Values, voice: Voice) -> Iterator[str]:
    yield from (f"{voice.name(key)} {each.text}" for key, each in values.items())


# --- what comes out ----------------------------------------------------------------------------------------------


def _came_out(name: str, outcome: Outcome, voice: Voice) -> str:
    told = voice.say("then").join(_results(outcome, voice))
    return told if name == ALONE or not told else voice.say("whose", who=name, told=told)


def _results(outcome: Outcome, voice: Voice) -> Iterator[str]:
    locale, appraisal = voice.locale, outcome.appraisal
    if outcome.card:
        earned = voice.listed(
            f"{each.title.in_locale(locale)} {each.points}"
            for each in outcome.card.indicators
            if each.points is not None
        )
        grade = outcome.card.grade_title.in_locale(locale) if outcome.card.grade_title else outcome.grade
        yield voice.say("card", n=outcome.score, grade=grade) + (f": {earned}" if earned else "")
    for sheet in appraisal.sheets if appraisal else ():
        yield voice.say("sheet", of=sheet.title.in_locale(locale), n=plain(sheet.total))
    if appraisal and appraisal.pay and appraisal.pay.lines:
        lines = voice.listed(
            f"{each.title.in_locale(locale)} {in_yuan(each.amount_fen)}" for each in appraisal.pay.lines
        )
        yield voice.say("pay", n=in_yuan(appraisal.pay.total_fen), told=lines)
    yield from (each.title.in_locale(locale) for each in outcome.person.consequences)


def _of_department(appraisal: DepartmentAppraisal, voice: Voice) -> Iterator[str]:
    locale = voice.locale
    if shown := [each for each in appraisal.values if each.value is not None and each.unit is Unit.FEN]:
        yield voice.listed(f"{each.title.in_locale(locale)} {voice.yuan(each.value or Decimal(0))}" for each in shown)
    for pool in appraisal.pools:
        of = pool.title.in_locale(locale)
        yield voice.say("pool", of=of, n=in_yuan(pool.amount_fen), left=in_yuan(pool.left_fen))
