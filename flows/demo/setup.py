"""Make the demo's company folder: the configuration that ships with the product, and generated exports."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.demo.generate import INBOX, VERSION, generate, read_manifest
from transforms.errors import ConfigError, Place, StorageError

MIN_SCALE, MAX_SCALE = 0.01, 50.0
SHIPPED_CONFIG = Path(__file__).resolve().parents[2] / "config"


@dataclass(frozen=True)
class DemoCompany:
    """The folder, its manifest, and whether anything was made now."""

    root: Path
    manifest: dict[str, Any]
    created: bool


def create(root: Path, scale: float = 1.0, seed: int = 20261) -> DemoCompany:
    """Make the demo company in `root`, or leave it as it is when it was made with the same scale, seed and version.

    Configuration that is already there is kept; exports are made anew when anything differs.

    Raises:
        ConfigError: a scale that makes no company.
        StorageError: the folder cannot be written, or the shipped configuration is not there.
    """
    if not MIN_SCALE <= scale <= MAX_SCALE:
        raise ConfigError(
            f"the scale {scale} makes no company", todo=f"choose one from {MIN_SCALE} to {MAX_SCALE:g}; 1 is usual"
        )
    there = read_manifest(root)
    if (
        there
        and (there["version"], there["scale"], there["seed"]) == (VERSION, scale, seed)
        and (root / "config").is_dir()
    ):
        return DemoCompany(root, there, created=False)
    configure(root)
    try:
        shutil.rmtree(root / INBOX, ignore_errors=True)
        return DemoCompany(root, generate(root, scale, seed), created=True)
    except OSError as error:
        raise StorageError(
            f"the demo company cannot be written: {error.strerror or error}",
            where=Place(str(root)),
            todo="make room on the disk, or choose another folder",
        ) from error


def configure(root: Path) -> None:
    """Copy the shipped configuration into `root`, unless there is some.

    Raises:
        StorageError: the folder cannot be written, or the shipped configuration is not there.
    """
    try:
        _copy_config(root)
    except OSError as error:
        what = f"the demo company cannot be written: {error.strerror or error}"
        raise StorageError(
            what, where=Place(str(root)), todo="make room on the disk, or choose another folder"
        ) from error


def _copy_config(root: Path) -> None:
    if not SHIPPED_CONFIG.is_dir():
        raise StorageError(
            "the shipped configuration is missing",
            where=Place(str(SHIPPED_CONFIG)),
            todo="install the product again, or run from a clone",
        )
    if not (root / "config").exists():
        shutil.copytree(SHIPPED_CONFIG, root / "config", ignore=shutil.ignore_patterns("__init__.py", "__pycache__"))
