"""Checks of schemes: how a scheme is designed, and what its results say about it (S15, S20, S21).

Each check is a function from what is known to findings; `codes.py` says of each why it matters and how to mend it. A
scheme may suppress a check with a reason; the finding is then kept, marked with it.
"""

from collections.abc import Iterator, Mapping, Sequence

from transforms.findings import Severity
from transforms.lint import agreed, design, reach, spread
from transforms.lint.codes import CHECKS, NEVER_SUPPRESSED
from transforms.lint.model import Check, Judged, LintContext, LintFinding, Looked, TargetsThen
from transforms.metrics.model import Metric
from transforms.schemes.scheme import Scheme

__all__ = ["CHECKS", "Check", "LintContext", "LintFinding", "TargetsThen", "lint", "told"]

_DESIGN = (
    design.main_indicators, design.person_indicators, design.data_source, design.manual_share, design.untraced,
    design.outside_influence, design.suppressions,
)  # fmt: skip
_DATA = (reach.targets_in_reach, spread.no_values, spread.flat_scores, spread.last_week_only)


def lint(
    schemes: Sequence[Scheme], catalogue: Mapping[str, Metric], context: LintContext | None = None
) -> tuple[LintFinding, ...]:
    """Everything the checks see, in the order of schemes and of the checks.

    Without a period in the context the newest version of each scheme is looked at, as written; with one, the version
    that judges it, and what its results say of it too.
    """
    known = context or LintContext()
    versions = _judged(schemes, known)
    found = []
    for each in versions:
        it = Looked(each, tuple(other for other in versions if other is not each), catalogue, known)
        found += [finding for check in (*_DESIGN, *_DATA) for finding in check(it)]
    return tuple(_suppressed(each, versions) for each in (*found, *agreed.agreed(versions, catalogue, known)))


def told(findings: Sequence[LintFinding]) -> Iterator[LintFinding]:
    """What month end shows: all that no scheme suppresses; what needs no data to be seen is a note, not a warning."""
    for each in findings:
        if each.suppressed is None:
            of_data = CHECKS[each.code].looks_at == "data"
            yield each if of_data else each.model_copy(update={"severity": Severity.INFO})


def _judged(schemes: Sequence[Scheme], context: LintContext) -> tuple[Judged, ...]:
    book = context.book
    if book is None:
        return tuple(Judged(each, len(each.versions) - 1, each.versions[-1]) for each in schemes)
    windows = ((each, each.window(book.period)) for each in schemes)
    versions = ((each, each.in_force(window.start)) for each, window in windows if window is not None)
    return tuple(Judged(each, each.versions.index(version), version) for each, version in versions if version)


def _suppressed(finding: LintFinding, versions: Sequence[Judged]) -> LintFinding:
    of_scheme = next((each for each in versions if each.scheme.scheme == finding.scheme), None)
    reason = of_scheme.version.suppress.get(finding.code, "").strip() if of_scheme else ""
    if not reason or finding.code in NEVER_SUPPRESSED:
        return finding
    return finding.model_copy(update={"suppressed": reason})
