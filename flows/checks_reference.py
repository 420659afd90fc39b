"""The reference page of the checks of schemes."""

from transforms.lint import CHECKS, Check
from transforms.lint.codes import NEVER_SUPPRESSED
from transforms.lint.design import MANUAL_MOST, PERSON_MOST, TEAM_LEAST, TEAM_MOST
from transforms.lint.reach import LEAST_VALUES
from transforms.lint.spread import LEAST_JUDGED, LEAST_PEOPLE, STRONG, WEAK

_INTRO = f"""\
# Checks of schemes

`jixiao scheme lint` looks at how every scheme is designed; with `--period 2026-10` also at what that period's data says of it. The second
kind is part of every month end: what it finds stands among the findings. No check stops a run.

A check that does not hold for a scheme is suppressed in its version, with the reason. The finding is then kept, with the reason:

```yaml
    suppress: {{main_indicators: the document names seven}}
```

What would make a scheme wrong is no check but an error of the file (exit code 4): weights that do not sum to 100, a metric that does not
exist, a rule that rewards the wrong end, a formula that names nothing.

Limits: {TEAM_LEAST}–{TEAM_MOST} main indicators, {PERSON_MOST} a person, {MANUAL_MOST} % judged weight; targets are compared with at least {LEAST_VALUES} values of earlier months;
scores lie flat when {LEAST_PEOPLE} people or more have the same; judgements of {LEAST_JUDGED} people or more follow the last week only when they correlate with it
at {STRONG} or more, and with the weeks before at {WEAK} or less. Changes of targets are seen against earlier snapshots of the same period.

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
