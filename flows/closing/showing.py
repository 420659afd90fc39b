"""The checklist in rows and sentences."""

from collections.abc import Iterator

from flows import wiring
from flows.closing.checklist import Item, blocking
from flows.closing.looking import Checklist, closed_by
from flows.company import Company
from flows.warehouse.ledger_queries import get_revision

Row = dict[str, object]


def rows(found: Checklist) -> list[Row]:
    """A row an item: where it stands, what it says, what settles it or who waived it."""
    return [{"item": item.key, "state": item.state, "says": item.says, "to do": _todo(item)} for item in found.items]


def lines(company: Company, found: Checklist) -> Iterator[str]:
    """Where the period stands, who signed, and what comes next."""
    if closed := closed_by(wiring.ledger(company), found.period.key):
        by, at, revision_id = closed
        number = get_revision(wiring.ledger(company), revision_id).number
        yield f"{found.period.key} is final: revision {number}, closed by {by} on {at:%Y-%m-%d %H:%M} UTC."
        if number != found.revision.number:
            yield f"Since then revision {found.revision.number} was made as a correction slip."
        return
    yield f"{found.period.key} is {found.status}."
    if found.void:
        yield f"Signed before something changed, and void since: {', '.join(found.void)}."
    for each in found.signed:
        yield f"Signed by {each.by} at {each.at}."
    yield _next(found)


def as_object(company: Company, found: Checklist) -> Row:
    """The same for programs."""
    closed = closed_by(wiring.ledger(company), found.period.key)
    return {
        "period": found.period.key, "revision": found.revision.number, "status": found.status,
        "items": [
            {"item": item.key, "state": item.state, "says": item.says, "todo": item.todo, "open": list(item.open),
             "waived_by": item.waived_by, "because": item.because}
            for item in found.items
        ],
        "signed": [{"by": each.by, "at": each.at, "waived": list(each.waived)} for each in found.signed],
        "void": list(found.void),
        "closed": {"by": closed[0], "at": closed[1].isoformat(timespec="seconds")} if closed else None,
    }  # fmt: skip


def _todo(item: Item) -> str:
    if item.state == "waived":
        return f"waived by {item.waived_by}: {item.because}"
    return "" if item.state == "clean" else item.todo


def _next(found: Checklist) -> str:
    key = found.period.key
    if items := blocking(found.items):
        names = ", ".join(item.key for item in items)
        return f"Not ready: settle {names}, or waive it: jixiao close {key} --waive ITEM --reason … --by E…"
    return f"Next: jixiao close {key} --by E… ({'second' if found.signed else 'first'} signature)"
