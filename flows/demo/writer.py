"""Tables into files, the same bytes for the same table: CSV in three encodings, gz, Excel, Parquet, JSON lines."""

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from openpyxl import Workbook

from flows.demo.columns import Exports

_EPOCH = (2026, 11, 21, 0, 0, 0)
_GZIP_LEVEL = 1
_THREADS = 2


def write_all(folder: Path, exports: Exports) -> dict[str, int]:
    """Write every export below `folder`. Returns its rows by path."""
    with ThreadPoolExecutor(_THREADS) as pool:
        counts = pool.map(lambda path: _write(folder / path, path, exports[path]), exports)
        return dict(zip(exports, counts, strict=True))


def encoding_of(path: str) -> str:
    """Each platform's habit: Tmall writes a byte order mark, JD writes GB18030."""
    return {"tm": "utf-8-sig", "jd": "gb18030"}.get(Path(path).parts[1].removesuffix(".csv"), "utf-8")


def csv_text(table: pa.Table) -> bytes:
    """UTF-8 CSV; only values that need quotes have them."""
    sink = io.BytesIO()
    sink.write((",".join(table.column_names) + "\r\n").encode())
    options = {"include_header": False, "eol": "\r\n"}
    try:
        pyarrow.csv.write_csv(table, sink, pyarrow.csv.WriteOptions(**options, quoting_style="none"))
    except pa.ArrowInvalid:
        return _quoted(table, options)
    return sink.getvalue()


def _quoted(table: pa.Table, options: dict[str, object]) -> bytes:
    sink = io.BytesIO()
    sink.write((",".join(table.column_names) + "\r\n").encode())
    pyarrow.csv.write_csv(table, sink, pyarrow.csv.WriteOptions(**options, quoting_style="needed"))
    return sink.getvalue()


def _write(target: Path, path: str, make: Callable[[], pa.Table]) -> int:
    table = make()
    target.parent.mkdir(parents=True, exist_ok=True)
    writers = {".xlsx": _xlsx, ".parquet": _parquet, ".jsonl": _jsonl}
    target.write_bytes(writers[target.suffix](table) if target.suffix in writers else _csv(path, table))
    return int(table.num_rows)


def _csv(path: str, table: pa.Table) -> bytes:
    encoding, content = encoding_of(path), csv_text(table)
    if encoding == "gb18030":
        content = content.decode().encode(encoding)
    elif encoding == "utf-8-sig":
        content = b"\xef\xbb\xbf" + content
    return _gzip(content) if path.endswith(".gz") else content


def _gzip(content: bytes) -> bytes:
    packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 31)  # 31: gzip container, whose time stamp zlib leaves 0
    return packer.compress(content) + packer.flush()


def _jsonl(table: pa.Table) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_pylist()).encode()


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    return sink.getvalue()


def _xlsx(table: pa.Table) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(table.column_names)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return _without_clock(sink.getvalue())


def _without_clock(book: bytes) -> bytes:
    """The workbook with a fixed date in place of the moment of writing."""
    sink = io.BytesIO()
    stamp = datetime(*_EPOCH, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _core(stamp)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _core(stamp: str) -> bytes:
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties {spaces}>{dates}</cp:coreProperties>'.encode()
