"""A case as a sentence for HR, in the titles people know: what is given, and what comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flows.scheme_cases.comparing import Outcome
from flows.scheme_cases.model import About, Case, Person, TheTold, Values
from flows.scheme_cases.setting import Setting
from flows.scheme_cases.world import ALONE
from transforms.metrics.model import Unit
from transforms.schemes.score_rules import plain
from transforms.scoring.results import DepartmentAppraisal, PeriodResults, PointSheetResult
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
    "targets_last_month": _three("上月{of}目标 {n}", "上月{of}目標 {n}", "last month's target of {of} {n}"),
    "held": _three("{told}（目标 {n}）", "{told}（目標 {n}）", "{told} (target {n})"),
    "out_of": _three("{told}（分母 {n}）", "{told}（分母 {n}）", "{told} (of {n})"),
    "changed": _three("参数改为 {told}", "參數改為 {told}", "the parameter turned to {told}"),
    "of": _three("{who}（{told}）", "{who}（{told}）", "{who} ({told})"),
    "department": _three("部门", "部門", "the department"),
    "company": _three("公司", "公司", "the company"),
    "card": _three("考核表为 {n}（{grade}）", "考核表為 {n}（{grade}）", "the card shows {n} ({grade})"),
    "sheet": _three("{of} {n} 分", "{of} {n} 分", "{of} {n}"),
    "pay": _three("应发 {n} 元", "應發 {n} 元", "the pay is {n} yuan"),
    "in_brackets": _three("（{told}）", "（{told}）", " ({told})"),
    "pool": _three("{of} {n} 元，余 {left} 元", "{of} {n} 元，餘 {left} 元", "{of} {n} yuan, left over {left} yuan"),
    "yuan": _three("{n} 元", "{n} 元", "{n} yuan"),
    "whose": _three("{who}：{told}", "{who}：{told}", "{who}: {told}"),
    "months": _three("工龄 {n} 个月", "工齡 {n} 個月", "{n} months of service"),
    "worked": _three("最后 {n} 个工作日在岗", "最後 {n} 個工作日在崗", "there for the last {n} working days"),
    "rest": _three("其余", "其餘", "the rest"),
    "special": _three("专项活动 {n}", "專項活動 {n}", "special campaign {n}"),
}
_NAMES = {
    "rest": _WORDS["rest"],
    "self": _three("本人", "本人", "self"),
    "manager": _three("上级", "上級", "manager"),
    "peer": _three("同事", "同事", "peers"),
    "subordinate": _three("下属", "下屬", "subordinates"),
    "customer": _three("客户", "客戶", "customers"),
    "helper": _three("临时顶岗", "臨時頂崗", "helper on loan"),
    "base": _three("基本工资", "基本工資", "base pay"),
    "post": _three("岗位工资", "崗位工資", "post pay"),
    "full_attendance": _three("全勤奖", "全勤獎", "full attendance"),
    "overtime_hour": _three("加班时薪", "加班時薪", "pay of an hour of overtime"),
    "bonus_base": _three("奖金基数", "獎金基數", "bonus base"),
    "overtime_hours": _three("加班小时", "加班小時", "hours of overtime"),
    "leave": _three("事假天数", "事假天數", "days of leave"),
    "sick": _three("病假天数", "病假天數", "days of sickness"),
    "excused": _three("公假天数", "公假天數", "excused days"),
    "absent": _three("旷工天数", "曠工天數", "days of absence"),
    "late": _three("迟到次数", "遲到次數", "days late"),
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

    def written(self, told: TheTold) -> str:
        """A value as it was written, the word for money in the language."""
        roles = (
            f"{self.name(role)} {self.say('comma').join(map(plain, scores))}" for role, scores in told.roles.items()
        )
        text = told.text.replace(" yuan", " 元") if self.locale != "en" else told.text
        text = text or self.say("comma").join(roles)
        return text if told.of is None else self.say("out_of", told=text, n=plain(told.of))

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
    return {**_NAMES, **found}


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
    yield from (f"{voice.name(key)} {voice.yuan(value)}" for key, value in person.pay_items.items())
    yield from (f"{voice.name(key)} {plain(value)}" for key, value in person.attendance.items())
    yield from (str(each) for each in (person.post, person.works_in) if each)
    if person.role != "member":
        yield voice.name(person.role)
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
    for period, each in about.past.items():
        yield f"{period}: " + " ".join(str(part) for part in (each.grade, each.score) if part is not None)


def _agreed(about: About, voice: Voice) -> Iterator[str]:
    for word, targets in (("target", about.targets), ("targets_last_month", about.targets_last_month)):
        yield from (voice.say(word, of=voice.name(key), n=voice.amount(key, value)) for key, value in targets.items())


def _values(values: Values, voice: Voice) -> Iterator[str]:
    for key, each in values.items():
        text = f"{voice.name(key)} {voice.written(each)}"
        yield voice.say("held", told=text, n=voice.amount(key, each.target)) if each.target is not None else text


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
        lines = voice.listed(_points(sheet, locale))
        total = voice.say("sheet", of=sheet.title.in_locale(locale), n=plain(sheet.total))
        yield total + (voice.say("in_brackets", told=lines) if lines else "")
    if appraisal and appraisal.pay and appraisal.pay.lines:
        paid = [each for each in appraisal.pay.lines if each.amount_fen]
        lines = voice.listed(f"{each.title.in_locale(locale)} {in_yuan(each.amount_fen)}" for each in paid)
        total = voice.say("pay", n=in_yuan(appraisal.pay.total_fen))
        yield total + (voice.say("in_brackets", told=lines) if lines else "")
    yield from (each.title.in_locale(locale) for each in outcome.person.consequences)


def _points(sheet: PointSheetResult, locale: Locale) -> Iterator[str]:
    """The lines that gave or cost points, their weeks together."""
    for key in dict.fromkeys(each.key for each in sheet.lines):
        lines = [each for each in sheet.lines if each.key == key]
        given = sum((each.points for each in lines if each.points is not None), Decimal(0))
        if given:
            yield f"{lines[0].title.in_locale(locale)} {plain(given)}"


def _of_department(appraisal: DepartmentAppraisal, voice: Voice) -> Iterator[str]:
    """The amounts and pools that are not nothing."""
    locale = voice.locale
    amounts = [(each.title, each.value) for each in appraisal.values if each.value and each.unit is Unit.FEN]
    if amounts:
        yield voice.listed(f"{title.in_locale(locale)} {voice.yuan(value)}" for title, value in amounts)
    for pool in appraisal.pools:
        if pool.amount_fen:
            of = pool.title.in_locale(locale)
            yield voice.say("pool", of=of, n=in_yuan(pool.amount_fen), left=in_yuan(pool.left_fen))
