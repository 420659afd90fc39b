"""A plan as a page of Prefect: personnel numbers and keys only, no name, no score, no amount, no reason."""

from collections.abc import Iterator, Sequence

from flows.revisions.planned import Plan

_SHOWN = 500


def markdown(plan: Plan, *, dry_run: bool) -> str:
    """What a run would change, as Markdown."""
    return "\n".join([*_head(plan, dry_run=dry_run), "", *_changes(plan), "", *_documents(plan), "", *_mails(plan), ""])


def _head(plan: Plan, *, dry_run: bool) -> list[str]:
    made = "no revision" if plan.revision is None else f"revision {plan.revision}, after {plan.before or 'none'}"
    read = "read anew" if plan.refreshed else "as before"
    facts = {
        "would make": made, "state of the period": plan.status, "snapshot": f"{plan.snapshot_id[:12]}, {read}",
        "new corrections": ", ".join(plan.new_corrections) or "none",
        "withdrawn": ", ".join(plan.withdrawn_corrections) or "none",
        "changes": str(len(plan.changes)), "people": str(len(plan.people)),
        "documents": f"{len(plan.documents)} to make, {plan.documents_kept} stay", "mails": str(len(plan.mails)),
        "carried over": f"{len(plan.carried)} lines into {plan.carried_into}" if plan.carried else "nothing",
        "results": plan.results_digest[:16],
    }  # fmt: skip
    title = f"# {plan.period}: {'what a run would do' if dry_run else 'what the run does'}"
    return [title, "", *_table(("", ""), list(facts.items()))]


def _changes(plan: Plan) -> list[str]:
    rows = [
        (each.level, each.subject_id, each.what, each.scheme or "", each.key, each.window or "",
         ", ".join(f"{cause.kind} {cause.key}" for cause in each.causes))
        for each in plan.changes
    ]  # fmt: skip
    head = ("level", "who", "what", "scheme", "key", "days", "because")
    return ["## Changes", "", *_table(head, rows)]


def _documents(plan: Plan) -> list[str]:
    return ["## Documents to make", "", *_table(("document",), [(name,) for name in plan.documents])]


def _mails(plan: Plan) -> list[str]:
    rows = [(each.recipient_id, each.kind, str(len(each.documents))) for each in plan.mails]
    return ["## Mails", "", *_table(("to", "kind", "documents"), rows)]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        yield "none"
        return
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from (_row(each) for each in rows[:_SHOWN])
    if len(rows) > _SHOWN:
        yield f"\n… and {len(rows) - _SHOWN} more: `jixiao plan --json` on the company's machine"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
