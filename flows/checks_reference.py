"""The reference page of the checks of schemes."""

from transforms.lint import CHECKS, Check
from transforms.lint.agreed import TOLERANCE
from transforms.lint.codes import NEVER_SUPPRESSED
from transforms.lint.design import MANUAL_MOST, PERSON_MOST, TEAM_LEAST, TEAM_MOST
from transforms.lint.reach import LEAST_VALUES
from transforms.lint.spread import LEAST_JUDGED, LEAST_PEOPLE, STRONG, WEAK

_INTRO = f"""\
# Checks of schemes

`jixiao scheme lint` looks at how every scheme is designed; with `--period 2026-10` also at what that period's data says
of it. The second kind is part of every month end: what it sees stands among the findings. No check stops a run.

A check that does not hold for a scheme is suppressed in its version, with the reason. The finding is then kept, marked
with it:

```yaml
    suppress: {{main_indicators: the document names seven}}
```

What would make a scheme wrong is no check but an error of the file (exit code 4): weights that do not sum to 100, a
metric that does not exist, a rule that rewards the wrong end, a formula that names nothing.

| limit | |
|---|---|
| main indicators of a team (groups, else indicators) | {TEAM_LEAST} to {TEAM_MOST} |
| indicators a person | {PERSON_MOST} |
| judged weight | {MANUAL_MOST} % |
| values of earlier months a target is compared with | {LEAST_VALUES} or more |
| people with the same score for it to be flat | {LEAST_PEOPLE} or more |
| people judged for the last week's share to be looked at | {LEAST_JUDGED} or more |
| correlation with the last week, with the weeks before | {STRONG} or more, {WEAK} or less |
| targets that do not add up | differ by more than {TOLERANCE * 100} % |

"""


def checks_page() -> str:
    """Every check with its severity, reason and remedy."""
    parts = (("On the scheme as written", "scheme"), ("On a period's data", "data"))
    return _INTRO + "\n".join(
        f"## {title}\n\n" + "\n".join(_section(each) for each in CHECKS.values() if each.looks_at == looks_at)
        for title, looks_at in parts
    )


def _section(check: Check) -> str:
    names = " · ".join(check.title.in_locale(locale) for locale in ("zh-Hans", "zh-Hant", "en"))
    never = " It cannot be suppressed." if check.code in NEVER_SUPPRESSED else ""
    return (
        f"### {check.code}\n\n{names} · {check.severity.value} · {check.source}\n\n"
        f"{check.why.in_locale('en')}{never}\n\nTo do: {check.todo.in_locale('en')}\n"
    )
