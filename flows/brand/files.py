"""The files that shape a company's documents: its logo, and its templates and stylesheets."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from flows.company import Brand
from flows.rendering.look import OWN
from transforms.errors import ConfigError, Place

FOLDER = Path(OWN)
SUFFIXES = {".j2", ".css"}
MOST_BYTES = 300_000  # all of them: they go to every worker with every document


def files_sha256(root: Path, brand: Brand) -> str:
    """A hash over the files as they are, broken or not; empty when the company has none."""
    logo = [root / brand.logo] if brand.logo and (root / brand.logo).is_file() else []
    told = [str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() for path in (*logo, *_paths(root))]
    return sha256(b"\0".join(told)).hexdigest() if told else ""


def own_files(root: Path) -> tuple[tuple[str, str], ...]:
    """Name (as `mail/own.html.j2`) and text of the company's templates and stylesheets, by name.

    Raises:
        ConfigError: one is not UTF-8, or they are too large together.
    """
    found = tuple((path.relative_to(root / FOLDER).as_posix(), _text(root, path)) for path in _paths(root))
    if sum(len(text) for _, text in found) > MOST_BYTES:
        what = f"templates and stylesheets of more than {MOST_BYTES} characters"
        raise ConfigError(what, where=Place(str(FOLDER)), todo="a logo belongs into documents.brand.logo")
    return found


def _paths(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in (root / FOLDER).rglob("*") if path.suffix in SUFFIXES and path.is_file())


def _text(root: Path, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        where = Place(str(path.relative_to(root)), line)
        raise ConfigError("the file is not UTF-8", where=where, todo="save it as UTF-8") from None
