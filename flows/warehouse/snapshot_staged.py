"""A staged snapshot found again by its handle, so that tasks need to pass nothing but names."""

import os

from flows.company import Company
from flows.warehouse import snapshot_store as store
from flows.warehouse.snapshots import StagedSnapshot
from transforms.errors import Place, StorageError


def find_staged(company: Company, snapshot_id: str, folder: str) -> StagedSnapshot:
    """The staged snapshot in `folder`; the run that staged it holds its lock until it publishes or discards it.

    Raises:
        StorageError: the folder is gone: the run was taken for dead, or somebody removed it.
    """
    path = company.snapshots / folder
    if not store.manifest_path(path, snapshot_id).exists():
        raise StorageError("the staged snapshot is gone", where=Place(str(path)), todo="run the period again")
    return StagedSnapshot(snapshot_id, path, company.snapshots, os.open(path, os.O_RDONLY))
