"""One tree of errors a user can meet, each class with its exit code.

    JixiaoError (1)
    ├── GateStopped (3)        critical findings: the data cannot be scored
    ├── ConfigError (4)        company, source or scheme file is wrong
    ├── SourceError (5)        a source cannot be read: file, encoding, column, address
    ├── PeriodError (6)        the period is not over, in the future, or not a period
    ├── StorageError (7)       disk full, ledger or snapshot store not reachable
    ├── DeliveryError (8)      mail could not be handed over, or nobody knows whether it was
    ├── NotFoundError (9)      no such employee, metric, revision or document
    └── RuleError (10)         a rule on persons or procedure forbids it

Exit code 2 is Typer's own: the command line was not understood. The text of an error is for users: what is
wrong, where (file, line or row, field), and what to do. Nothing else is printed, no traceback.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something is wrong: a file, and a line (YAML) or row (data; 1 = first after the header)."""

    file: str | None = None
    line: int | None = None
    row: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Read as `config/x.yaml, line 12, field weight`."""
        named = [("line", self.line), ("row", self.row), ("field", self.field)]
        parts = [self.file] + [f"{name} {value}" for name, value in named if value is not None]
        return ", ".join(part for part in parts if part)


class JixiaoError(Exception):
    """Base of every error shown to a user as one sentence where, one what, one what to do."""

    exit_code = 1

    def __init__(self, what: str, *, where: Place | None = None, todo: str = "") -> None:
        """Keep the three parts apart, so that a page and a terminal can each lay them out."""
        super().__init__(what)
        self.what, self.where, self.todo = what, where or Place(), todo

    def __str__(self) -> str:
        """All three parts on one line."""
        place = f"{self.where}: " if str(self.where) else ""
        return f"{place}{self.what}" + (f" — {self.todo}" if self.todo else "")


class GateStopped(JixiaoError):
    """Critical findings; nothing was scored, stored or queued."""

    exit_code = 3


class ConfigError(JixiaoError):
    """A configuration file is wrong."""

    exit_code = 4


class SourceError(JixiaoError):
    """A source cannot be read as its configuration says."""

    exit_code = 5


class PeriodError(JixiaoError):
    """A period that cannot be run."""

    exit_code = 6


class StorageError(JixiaoError):
    """The snapshot store, the ledger or the disk refused."""

    exit_code = 7


class DeliveryError(JixiaoError):
    """A message was refused, or its fate is unknown."""

    exit_code = 8


class NotFoundError(JixiaoError):
    """What was asked for does not exist."""

    exit_code = 9


class RuleError(JixiaoError):
    """A rule on persons or procedure forbids the act: who may do it, when, and what must come before."""

    exit_code = 10
