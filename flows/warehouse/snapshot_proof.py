"""Whether a snapshot is still what a revision stood on: its manifest, and every object by its hash."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.warehouse import ledger_tables as t
from flows.warehouse import snapshot_store as store
from flows.warehouse.engine import reading
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.snapshots import identity, load_manifest
from transforms.errors import JixiaoError


def broken_objects(company: Company, revision: RecordedRevision) -> Iterator[str]:
    """Everything of a revision's snapshot that is not as it was, as sentences."""
    try:
        manifest = load_manifest(company, revision.snapshot_id)
    except JixiaoError as error:
        yield str(error)
        return
    if identity(manifest) != revision.snapshot_id:
        yield "its manifest does not belong to it"
    if not _is_known(company, revision, manifest):
        yield "its manifest is not the one the ledger keeps"
    for table, entries in manifest["tables"].items():
        for entry in entries:
            if said := _broken(company, entry):
                yield f"{table} {entry['part']}: {said}"


def _is_known(company: Company, revision: RecordedRevision, manifest: dict[str, Any]) -> bool:
    import json

    chosen = sa.select(t.snapshots.c.manifest).where(t.snapshots.c.id == revision.snapshot_id)
    with reading(wiring.ledger(company)) as con:
        kept = json.loads(con.scalar(chosen) or "{}")
    return bool(kept.get("tables") == manifest["tables"])


def _broken(company: Company, entry: dict[str, Any]) -> str:
    path = store.object_path(company.snapshots, entry["content"])
    if not path.exists():
        return f"object {entry['content'][:12]} is not there"
    found = store.described(path)
    same = found == {"sha256": entry["sha256"], "bytes": entry["bytes"]}
    return "" if same else f"object {entry['content'][:12]} was changed"
