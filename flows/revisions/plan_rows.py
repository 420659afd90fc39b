"""A plan as the command line prints it: facts, and a table each of people, changes, documents, mails."""

from collections.abc import Iterator, Sequence

from flows.explained import yuan
from flows.revisions.planned import MailPlanned, PersonPlanned, Plan
from transforms.metrics.model import Unit
from transforms.revisions import Change
from transforms.titles import Locale

Row = dict[str, object]
_SHOWN = 40
_BEHIND = {"metric", "wording"}
_IN_TABLE = ("who", "title", "days", "from", "to", "because")


def facts(plan: Plan) -> list[tuple[str, str]]:
    """What a run would do, a line each."""
    counts = ", ".join(f"{count} {what}" for what, count in plan.counts.items())
    kept = f"{plan.documents_kept} of earlier revisions stay"
    return [
        ("revision", _revision(plan)),
        ("stands on", f"snapshot {plan.snapshot_id[:12]}, {_read(plan)}, as of {plan.as_of}; {_corrections(plan)}"),
        ("changes", f"{len(plan.changes)}{f' ({counts})' if counts else ''}"),
        ("people", f"{len(plan.people)} with another score, grade, rank or amount"),
        ("money", _money(plan)),
        ("documents", f"{len(plan.documents)} would be made, {kept}"),
        ("mail", _mail(plan)),
        *([("carried over", f"{len(plan.carried)} lines into {plan.carried_into}")] if plan.carried else []),
    ]


def tables(plan: Plan, locale: Locale) -> Iterator[tuple[str, Sequence[Row]]]:
    """The tables that have rows, each cut after forty of them with a word on the rest."""
    documents: list[Row] = [{"document": name} for name in plan.documents]
    told = (
        ("People", people(plan)), ("Changes", changes(plan, locale)), ("Carried over", carried(plan, locale)),
        ("Documents", documents), ("Mails", [_of_mail(m) for m in plan.mails]),
    )  # fmt: skip
    for title, rows in told:
        if len(rows) > _SHOWN:
            yield f"{title}, {_SHOWN} of {len(rows)} (all: --json)", rows[:_SHOWN]
        elif rows:
            yield title, rows


def people(plan: Plan) -> list[Row]:
    """A row a person: before → after."""
    return [_of_person(each) for each in plan.people]


def changes(plan: Plan, locale: Locale) -> list[Row]:
    """A row a change: who, what, from, to, because."""
    return [_of_change(each, locale) for each in plan.changes]


def carried(plan: Plan, locale: Locale) -> list[Row]:
    """A row a line that would be settled in a later period."""
    return [
        {
            "employee": line.employee_id, "scheme": line.scheme, "line": line.title.in_locale(locale),
            "amount": yuan(line.amount_fen), "because": ", ".join(line.because),
        }
        for line in plan.carried
    ]  # fmt: skip


def _revision(plan: Plan) -> str:
    if plan.revision is not None:
        since = f"after {plan.before}" if plan.before else "the first"
        slip = "; the period is closed: a correction slip" if plan.status == "final" else ""
        return f"{plan.revision} would be made, {since}{slip}"
    why = "the period is closed: differences are carried over" if plan.carried_into else "same inputs, or settled"
    return f"none would be made ({why}); {plan.before} stays"


def _read(plan: Plan) -> str:
    return "read and published now" if plan.refreshed else "as before (--refresh reads the sources anew)"


def _corrections(plan: Plan) -> str:
    told = [f"{len(plan.corrections)} corrections"]
    told += [f"new: {', '.join(plan.new_corrections)}"] if plan.new_corrections else []
    told += [f"withdrawn: {', '.join(plan.withdrawn_corrections)}"] if plan.withdrawn_corrections else []
    return "; ".join(told)


def _money(plan: Plan) -> str:
    after = yuan(plan.pay_after_fen)
    if plan.pay_before_fen is None:
        return f"{after} in all"
    return f"{yuan(plan.pay_before_fen)} → {after} in all, difference {yuan(plan.pay_after_fen - plan.pay_before_fen)}"


def _mail(plan: Plan) -> str:
    held = ", held until it is released" if plan.held and plan.mails else ""
    gone = f"; {plan.mails_cancelled} not sent yet make way" if plan.mails_cancelled else ""
    return f"{len(plan.mails)} recipients' letters would be queued{held}{gone}"


def _of_person(person: PersonPlanned) -> Row:
    return {
        "employee": person.employee_id, "department": person.department_id,
        "score": _step(person.score_before, person.score_after),
        "grade": _step(person.grade_before, person.grade_after),
        "rank": _step(person.rank_before, person.rank_after),
        "pay": _step(_yuan(person.pay_before_fen), _yuan(person.pay_after_fen)),
    }  # fmt: skip


def _of_change(change: Change, locale: Locale) -> Row:
    return {
        "level": change.level, "who": change.subject_id, "what": change.what, "scheme": change.scheme,
        "key": change.key, "days": change.window, "title": change.title.in_locale(locale),
        "from": _shown(change, change.before), "to": _shown(change, change.after),
        "because": " · ".join(cause.says.in_locale(locale) for cause in change.causes),
    }  # fmt: skip


def _of_mail(mail: MailPlanned) -> Row:
    return {
        "to": mail.recipient_id, "kind": mail.kind, "department": mail.department_id,
        "replaces": mail.replaces, "documents": ", ".join(mail.documents),
    }  # fmt: skip


def _shown(change: Change, value: str | None) -> str | None:
    """Money in whole units, like everywhere else at the command line."""
    return yuan(int(value)) if value and change.unit is Unit.FEN and value.lstrip("-").isdigit() else value


def _step(before: object, after: object) -> str:
    """`before → after`, or the one value when it stays."""
    told = ["–" if each is None else str(each) for each in (before, after)]
    return told[0] if told[0] == told[1] else " → ".join(told)


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)
