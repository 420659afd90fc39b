"""A document that was looked up, as the command line prints it, and as an error for those who look at the exit code."""

from flows.revisions.brought import Brought
from flows.revisions.verify_document import Looked
from transforms.errors import NotFoundError, StorageError

Facts = list[tuple[str, str]]
_BROUGHT: dict[Brought, str] = {
    "genuine": "genuine: its bytes are those the ledger recorded",
    "altered": "not genuine: it carries the code of the document below, and its bytes are not those recorded",
    "unknown": "not one of ours, or altered so far that no code of ours can be read in it",
}


def facts(found: Looked) -> Facts:
    """What it is, whether it counts, when it was mailed, whether the files are as recorded."""
    return [
        ("document", f"{found.kind} {found.subject_id}, period {found.period}, {_revisions(found.revisions)}"),
        ("counts", _counts(found)),
        *(("mailed", f"{each.at} to {_who(found, each.to)}, revision {each.revision}") for each in found.sent),
        *([] if found.sent else [("mailed", "never")]),
        *(("file", f"{each.path}: {each.state}") for each in found.files),
        *(("differs", each) for each in found.disagrees),
        ("ledger", "; ".join(found.chain) or "its chain holds"),
    ]


def facts_of_file(brought: Brought, found: Looked | None) -> Facts:
    """What a file is, and the document it is or pretends to be."""
    return [("file brought", _BROUGHT[brought]), *([("code", found.code), *facts(found)] if found else [])]


def row(found: Looked) -> dict[str, object]:
    """The same for programs."""
    number, code = found.replaced_by or (None, None)
    return {
        "code": found.code, "kind": found.kind, "subject": found.subject_id, "period": found.period,
        "revisions": " ".join(map(str, found.revisions)), "counts": found.replaced_by is None,
        "replaced_by_revision": number, "replaced_by_code": code,
        "mailed": "; ".join(f"{each.at} {each.to} r{each.revision}" for each in found.sent),
        "files": "; ".join(f"{each.path} {each.state}" for each in found.files), "faults": "; ".join(found.faults),
    }  # fmt: skip


def require_as_recorded(found: Looked) -> None:
    """Say that something differs.

    Raises:
        StorageError: a file, the ledger, or the words of a QR code are not as recorded.
    """
    if not found.faults:
        return
    more = f" and {len(found.faults) - 1} more" if len(found.faults) > 1 else ""
    todo = "restore the file or the ledger from a backup, and find out who changed it"
    raise StorageError(f"not as recorded: {found.faults[0]}{more}", todo=todo)


def require_genuine(name: str, brought: Brought, found: Looked | None) -> None:
    """Say that a file is not what we made.

    Raises:
        NotFoundError: it is none of ours.
        StorageError: it is an altered copy.
    """
    if found is None:
        todo = "a copy that was printed and scanned is looked up by the code in its foot: jixiao verify CODE"
        raise NotFoundError(f"{name} is not one of ours, or altered beyond reading", todo=todo)
    if brought == "altered":
        todo = f"compare it with the file of the record: {found.files[0].path}"
        raise StorageError(f"{name} is not genuine: it is an altered copy of document {found.code}", todo=todo)


def _revisions(numbers: tuple[int, ...]) -> str:
    return f"revision{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _counts(found: Looked) -> str:
    if found.replaced_by is None:
        return "yes: nothing later says otherwise"
    number, code = found.replaced_by
    return f"no: revision {number} replaced it by document {code}"


def _who(found: Looked, to: str) -> str:
    return (
        "the employee" if to == "employee" else "a manager" + (" of the employee" if found.kind == "employee" else "")
    )
