"""What staging saw, as counts and hashes: no value of any row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileRead:
    """One file (or SQL query) read: `rows` data rows of which `broken` were not rows at all, `sha256` of its bytes."""

    source: str
    input: str
    file: str
    rows: int
    broken: int
    sha256: str


@dataclass(frozen=True)
class TableStaged:
    """One canonical table: `rows` kept, the other counts are rows that were not.

    `duplicates` repeat a row exactly, `superseded` gave way to a later version of the same business key, `rejected`
    could not be read as the contract says.
    """

    table: str
    rows: int
    duplicates: int
    superseded: int
    rejected: int


@dataclass(frozen=True)
class StageReport:
    """All files read, in order of source, input and name, and all canonical tables, in order of the contract."""

    files: tuple[FileRead, ...]
    tables: tuple[TableStaged, ...]

    def table(self, name: str) -> TableStaged:
        """The counts of one canonical table."""
        return next(table for table in self.tables if table.table == name)
