"""Sources: raw exports and databases, mapped by SQL to the canonical tables."""

from flows.sources.model import Source, load_sources
from flows.sources.report import FileRead, StageReport, TableStaged
from flows.sources.staging import stage

__all__ = ["FileRead", "Source", "StageReport", "TableStaged", "load_sources", "stage"]
