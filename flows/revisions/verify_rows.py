"""A proof as the command line prints it, and as an error for those who look at the exit code."""

from flows.revisions.verified import Proof, Verified
from transforms.errors import StorageError

Row = dict[str, object]


def proofs(found: Verified) -> list[Row]:
    """A row a revision."""
    return [_of(proof) for proof in found.proofs]


def faults(found: Verified) -> list[Row]:
    """A row a thing that is not as it was recorded."""
    return [{"part": each.part, "where": each.where, "what": each.says} for each in found.faults]


def require_proved(found: Verified) -> None:
    """Say that something differs.

    Raises:
        StorageError: with what to do, by what differs.
    """
    if not found.faults:
        return
    number = len(found.faults)
    what = f"{number} {'thing is' if number == 1 else 'things are'} not as recorded, first: {found.faults[0].says}"
    raise StorageError(what, todo=_todo(found))


def _todo(found: Verified) -> str:
    if not found.chain and all(proof.other_program for proof in found.proofs if proof.faults):
        return "another version of the program made these revisions: verify with that version"
    return "restore ledger, snapshots or reports from a backup, and find out who changed them"


def _of(proof: Proof) -> Row:
    return {
        "revision": proof.revision, "program": "another version" if proof.other_program else "this version",
        "made again": "yes" if proof.recomputed else "no", "documents": proof.documents,
        "rendered again": proof.rendered, "differs": len(proof.faults),
    }  # fmt: skip
