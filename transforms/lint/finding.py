"""How a check says what it saw."""

from transforms.lint.codes import CHECKS
from transforms.lint.model import Judged, LintFinding, Where
from transforms.titles import Title


def seen(
    code: str, what: Title, judged: Judged | None, *, at: Where = (), subject: str = "", people: tuple[str, ...] = ()
) -> LintFinding:
    """A finding of a check, with the check's own severity, reason and remedy."""
    check = CHECKS[code]
    return LintFinding(
        code=code,
        severity=check.severity,
        scheme=judged.scheme.scheme if judged else None,
        effective_from=judged.version.effective_from if judged else None,
        at=at,
        subject=subject,
        what=what,
        why=check.why,
        todo=check.todo,
        employee_ids=people,
    )
