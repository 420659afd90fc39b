"""Text of source files: names, hashes, encodings, header lines. Everything is streamed."""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from transforms.errors import Place, SourceError

CHUNK_CHARACTERS = 1 << 20
MAX_LINE_BYTES = 16_000_000
# Names the pipeline adds to every raw row; a raw column of that name gets a number behind it.
RESERVED = ("_file", "_row")

_UNREADABLE = (OSError, EOFError, zlib.error)


def sha256(path: Path) -> str:
    """Hash of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def decoded(encoding: str) -> str:
    """Python's name of the codec; a byte order mark in UTF-8 is always tolerated."""
    return "utf-8-sig" if encoding.startswith("utf-8") else encoding


def _opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked when its name ends in .gz."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def open_text(path: Path, encoding: str) -> IO[str]:
    """The text of a file, its newlines as they are; closing it closes the file."""
    return io.TextIOWrapper(_opened(path), encoding=decoded(encoding), newline="\n")


def lines(path: Path, encoding: str, shown: str) -> Iterator[str]:
    """Physical lines, line ends included.

    Raises:
        SourceError: the file cannot be read, or a byte does not belong to the declared encoding.
    """
    try:
        with open_text(path, encoding) as file:
            for number, line in enumerate(file):
                yield line.removeprefix("\ufeff") if number == 0 else line
    except UnicodeDecodeError:
        raise wrong_encoding(path, encoding, shown) from None
    except _UNREADABLE as error:
        raise unreadable(shown, error) from None


def header(path: Path, encoding: str, delimiter: str, shown: str) -> tuple[str, ...]:
    """The column names of a CSV file, as the file writes them (blanks around them removed).

    Raises:
        SourceError: the file is empty, cannot be read, or its first line is not a line of CSV.
    """
    try:
        names = next(csv.reader(lines(path, encoding, shown), delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        raise SourceError(f"the first line is not a line of CSV ({error})", where=Place(shown, row=0)) from None
    if not names:
        raise SourceError("the file is empty", where=Place(shown), todo="export it again, or remove it")
    return tuple(name.strip() for name in names)


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns made distinct, in any letter case: a second `category` becomes `category_1`."""
    seen = set(RESERVED)
    found = []
    for place, name in enumerate(names):
        plain = name or f"column{place}"
        unique, count = plain, 0
        while unique.lower() in seen:
            count += 1
            unique = f"{plain}_{count}"
        seen.add(unique.lower())
        found.append(unique)
    return tuple(found)


def transcode(path: Path, encoding: str, target: Path, shown: str) -> None:
    """Write the file's text to `target` in UTF-8.

    Raises:
        SourceError: as `lines`.
    """
    try:
        with open_text(path, encoding) as file, target.open("w", encoding="utf-8", newline="") as out:
            while chunk := file.read(CHUNK_CHARACTERS):
                out.write(chunk.removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise wrong_encoding(path, encoding, shown) from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise unreadable(shown, error) from None


def unreadable(shown: str, error: Exception) -> SourceError:
    """The file is there, but damaged or not allowed."""
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return SourceError(f"the file cannot be read ({why})", where=Place(shown), todo="export or copy it again")


def wrong_encoding(path: Path, encoding: str, shown: str) -> SourceError:
    """The error that names the first row whose bytes are not of the declared encoding."""
    row = _first_undecodable(path, encoding)
    others = {"gb18030": "utf-8"}.get(encoding, "gb18030")
    todo = f"if the file is {others.upper()}, declare `encoding: {others}` in the source; else export it again"
    return SourceError(
        f"a byte does not belong to the declared encoding {encoding}", where=Place(shown, row=row), todo=todo
    )


def _first_undecodable(path: Path, encoding: str) -> int | None:
    """Physical line less the header; no line end is ever part of a longer character in these encodings."""
    with _opened(path) as file:
        for row, line in enumerate(file):
            try:
                line.decode(decoded(encoding))
            except UnicodeDecodeError:
                return row
    return None
