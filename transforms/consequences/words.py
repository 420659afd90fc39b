"""What a consequence says, in three languages: what is proposed, and from which numbers it follows."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from transforms.consequences.standing import Earned, Standing
from transforms.schemes.consequences import Consequence
from transforms.titles import Title
from transforms.wording import NOTHING, joined, three, told

Scored = tuple[Title, Decimal]

_NO_GRADE = three("无", "無", "none")
_OPEN = three("(尚未最终)", "(尚未最終)", " (not final yet)")
_TRIAL = three("(试行,不生效){said}", "(試行,不生效){said}", "(trial, without effect) {said}")
_HR = three(
    "{said}仅供人力资源部判断,不会自动执行。",
    "{said}僅供人力資源部判斷,不會自動執行。",
    "{said} For HR to judge; nothing happens by itself.",
)
_PLACE = three(",排名 {rank}/{of}", ",排名 {rank}/{of}", ", place {rank} of {of}")
_BECAUSE = three(
    "依据:{period}《{scheme}》得分 {score},等级「{grade}」{place}{still}。",
    "依據:{period}《{scheme}》得分 {score},等級「{grade}」{place}{still}。",
    "It follows from {period}, {scheme}: score {score}, grade {grade}{place}{still}.",
)
_BY_GRADE = three("{title}:{word}。{because}", "{title}:{word}。{because}", "{title}: {word}. {because}")
_ONCE = three("{title}。{because}", "{title}。{because}", "{title}. {because}")
_RUNNING = three(
    "{title}:连续 {count} 期等级「{grade}」:{run}。",
    "{title}:連續 {count} 期等級「{grade}」:{run}。",
    "{title}: grade {grade} in {count} periods running: {run}.",
)
_TRANSFER = three(
    "{title}:{period}「{weak}」{score},低于 {below};其余各组均不低于 {least}:{others}{still}。",
    "{title}:{period}「{weak}」{score},低於 {below};其餘各組均不低於 {least}:{others}{still}。",
    "{title}: in {period} {weak} is {score}, below {below}; every other group is at least {least}: {others}{still}.",
)
_TRAINING = three(
    "{title}:{period} 以下指标得分低于 {below}:{weak}{still}。",
    "{title}:{period} 以下指標得分低於 {below}:{weak}{still}。",
    "{title}: in {period} these indicators are below {below}: {weak}{still}.",
)
_IMPROVEMENT = three(
    "{title}:属最后 {last} 名,请在通知后 {days} 天内({due} 前)提交。{because}",
    "{title}:屬最後 {last} 名,請在通知後 {days} 天內({due} 前)提交。{because}",
    "{title}: among the last {last}; due within {days} days of the notice, by {due}. {because}",
)


def by_grade(rule: Consequence, standing: Standing, word: Title) -> Title:
    """The word that the grade stands for."""
    return told(_BY_GRADE, title=rule.title, word=word, because=_because(standing))


def running(rule: Consequence, standing: Standing, run: Sequence[Earned]) -> Title:
    """The same grade in so many periods running, oldest first."""
    if len(run) == 1:
        return told(_ONCE, title=rule.title, because=_because(standing))
    grade = standing.grade_title or _NO_GRADE
    return told(_RUNNING, title=rule.title, count=str(len(run)), grade=grade, run=joined(map(_of_period, run)))


def transfer(rule: Consequence, standing: Standing, weak: Scored, others: Sequence[Scored]) -> Title:
    """Weak at the post, strong elsewhere."""
    return told(
        _TRANSFER,
        title=rule.title,
        period=standing.now.period,
        weak=weak[0],
        score=number(weak[1]),
        below=number(rule.below),
        least=number(rule.others_at_least),
        others=_scores(others),
        still=_still(standing.now),
    )


def training(rule: Consequence, standing: Standing, weak: Sequence[Scored]) -> Title:
    """Each indicator that is too weak, with its score."""
    return told(
        _TRAINING,
        title=rule.title,
        period=standing.now.period,
        below=number(rule.below),
        weak=_scores(weak),
        still=_still(standing.now),
    )


def improvement(rule: Consequence, standing: Standing, due_on: date) -> Title:
    """Among the last places: an analysis and a plan, by when."""
    return told(
        _IMPROVEMENT,
        title=rule.title,
        last=str(rule.last),
        days=str(rule.due_days),
        due=due_on.isoformat(),
        because=_because(standing),
    )


def for_hr(said: Title) -> Title:
    """The same, with the word that nothing happens by itself."""
    return told(_HR, said=said)


def on_trial(said: Title) -> Title:
    """The same, said to be without effect."""
    return told(_TRIAL, said=said)


def number(value: Decimal | None) -> str:
    """A score as printed: two decimals."""
    return "–" if value is None else f"{value:.2f}"


def _because(standing: Standing) -> Title:
    """Period, scheme, score, grade and place."""
    ranked = standing.rank is not None
    return told(
        _BECAUSE,
        period=standing.now.period,
        scheme=standing.given_by,
        score=number(standing.now.score),
        grade=standing.grade_title or _NO_GRADE,
        place=told(_PLACE, rank=str(standing.rank), of=str(standing.ranked_of)) if ranked else NOTHING,
        still=_still(standing.now),
    )


def _of_period(earned: Earned) -> Title:
    return told(
        three(*["{period} {score}{still}"] * 3), period=earned.period, score=number(earned.score), still=_still(earned)
    )


def _still(earned: Earned) -> Title:
    return NOTHING if earned.final else _OPEN


def _scores(named: Sequence[Scored]) -> Title:
    return joined(told(three(*["{title} {score}"] * 3), title=title, score=number(score)) for title, score in named)
