"""Reminders of sheets: who owes one, at which step of the calendar, and the letter that says so."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Literal

from flows import wiring
from flows.company import Company
from flows.mail.letter import Workbook
from flows.mail.reminders import contacts, queue_reminder
from flows.mail.words import period_shown
from flows.sheets.made import last_made
from flows.sheets.model import Owed
from flows.sheets.status import owed
from flows.warehouse.ledger_hash import digest
from flows.working_calendar import WorkingCalendar, calendar_of
from transforms.period import Period
from transforms.titles import Title
from transforms.wording import three, told

Step = Literal["out", "soon", "overdue"]
_ONE = timedelta(1)
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")

_SUBJECT: dict[Step, Title] = {
    "out": three("{period} 评分表请填写", "{period} 評分表請填寫", "Please fill your judging sheet for {period}"),
    "soon": three("{period} 评分表即将到期", "{period} 評分表即將到期", "Your judging sheet for {period} is due soon"),
    "overdue": three("{period} 评分表已逾期", "{period} 評分表已逾期", "Your judging sheet for {period} is overdue"),
}
_ASKED = three(
    "请您在 {back} 之前完成 {period} 的评分，共 {asked} 项，还差 {open} 项。",
    "請您在 {back} 之前完成 {period} 的評分，共 {asked} 項，還差 {open} 項。",
    "Judgements asked of you for {period}: {asked}; still missing: {open}. They are due back by {back}.",
)
_LATE = three(
    "截止日 {back} 已过 {days} 天。缺少的评分会在本期报告中列出，成绩按已有的评分计算。",
    "截止日 {back} 已過 {days} 天。缺少的評分會在本期報告中列出，成績按已有的評分計算。",
    "They were due back on {back}, {days} days ago. What is missing is named in the run's report, and people are"
    " scored without it.",
)
_ENCLOSED = three(
    "您的评分表见附件。填好后请保存，放入人力资源部指定的文件夹，或交给人力资源部。可以分几次交回，空格表示尚未评分。",
    "您的評分表見附件。填好後請儲存，放入人力資源部指定的資料夾，或交給人力資源部。可以分幾次交回，空格表示尚未評分。",
    "Your sheet is attached. Fill it, save it, and put it into the folder that HR named, or hand it to HR. You may"
    " return it in parts: an empty cell means not judged yet.",
)
_ASK_HR = three("请向人力资源部领取您的评分表。", "請向人力資源部領取您的評分表。", "Please ask HR for your sheet.")


def step_of(each: Owed, today: date, calendar: WorkingCalendar) -> Step | None:
    """Which reminder is due: from the day sheets go out, from the working day before they are due, once they are late.

    None: before they go out, or when nothing is missing.
    """
    if each.open <= 0 or today < each.out:
        return None
    if today > each.back:
        return "overdue"
    return "soon" if today >= calendar.on_or_before(each.back - _ONE) else "out"


def remind(company: Company, period: Period, today: date, at: datetime) -> Counter[str]:
    """Queue a reminder for everybody who owes a sheet, once a person, due day and step; what became of them, counted.

    Returns:
        Counts by `queued`, `known` (reminded of this step before) and `no_address`.

    Raises:
        NotFoundError: nothing was ever run, so nobody's address is known.
    """
    calendar = calendar_of(company)
    due = [(each, step) for each in owed(company, period, today) if (step := step_of(each, today, calendar))]
    if not due:
        return Counter()
    engine = wiring.ledger(company)
    known = contacts(engine, company)
    fates: Counter[str] = Counter()
    for each, step in due:
        workbook = workbook_of(company, period, each)
        fates[queue_reminder(
            engine, company, period=period.key, recipient_id=each.rater_id, topic=f"sheets/{each.back}/{step}",
            subject=told(_SUBJECT[step], period=_shown(period)), paragraphs=_words(each, step, period, workbook), at=at,
            workbook=workbook, known=known,
        )] += 1  # fmt: skip
    return fates


def workbook_of(company: Company, period: Period, each: Owed) -> Workbook | None:
    """The rater's own workbook as it was made last; None when it was not made, or is not where it was put."""
    made = last_made(wiring.ledger(company), period.key, each.sheet)
    path = company.root / made.path if made else None
    if made is None or path is None or not path.is_file():
        return None
    return Workbook(
        sheet_id=made.sheet, file_name=_file_name(period, each.rater_id), path=made.path, sha256=made.sha256,
        bytes=path.stat().st_size,
    )  # fmt: skip


def _shown(period: Period) -> Title:
    """`2026年10月`, `October 2026`."""
    return three(*(period_shown(period.key, locale) for locale in ("zh-Hans", "zh-Hant", "en")))


def _file_name(period: Period, rater_id: str) -> str:
    """Of ASCII letters only: many mail programs garble other names."""
    whose = rater_id if _PLAIN.fullmatch(rater_id) else digest(rater_id)[:12]
    return f"sheet_{period.key.replace('..', '_')}_{whose}.xlsx"


def _words(each: Owed, step: Step, period: Period, workbook: Workbook | None) -> tuple[Title, ...]:
    facts: dict[str, Title | str] = {
        "period": _shown(period), "back": each.back.isoformat(), "asked": str(each.asked), "open": str(each.open),
        "days": str(each.days_late),
    }  # fmt: skip
    late = (told(_LATE, **facts),) if step == "overdue" else ()
    return (told(_ASKED, **facts), *late, _ENCLOSED if workbook else _ASK_HR)
