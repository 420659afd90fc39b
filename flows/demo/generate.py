"""Make the demo company's raw exports: deterministic, and with known faults listed in a manifest."""

import json
from pathlib import Path
from typing import Any

from flows.demo.faults import plant
from flows.demo.office_exports import office_exports
from flows.demo.order_exports import order_exports, order_files
from flows.demo.people_exports import people_exports
from flows.demo.record_exports import record_exports
from flows.demo.records import make_records
from flows.demo.shop_exports import shop_exports
from flows.demo.ticket_exports import ticket_exports
from flows.demo.world import World, make_world
from flows.demo.writer import write_all

VERSION = 2  # counts up when the same seed would give other files
INBOX = "data/inbox"
MANIFEST = f"{INBOX}/manifest.json"


def generate(company_root: Path, scale: float = 1.0, seed: int = 20261) -> dict[str, Any]:
    """Write the exports below `<company_root>/data/inbox` and return the manifest, which is written last.

    `scale` multiplies orders, chats and traffic; people stay the same. The manifest names every file with its rows,
    and every planted fault with where it is, how many rows it touches and what should find it.
    """
    world = make_world(scale, seed)
    records = make_records(world, seed)
    files = order_files(world)
    exports = shop_exports(world) | order_exports(world, files) | people_exports(world) | office_exports(world)
    exports |= record_exports(world, records) | ticket_exports(world, records)
    faults = plant(exports, world, files)
    rows = write_all(company_root / INBOX, exports)
    manifest = {
        "version": VERSION,
        "seed": seed,
        "scale": scale,
        "as_of": "2026-11-21",
        "last_closed_month": "2026-10",
        "facts": _facts(world),
        "rows": rows,
        "faults": faults,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (company_root / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def read_manifest(company_root: Path) -> dict[str, Any] | None:
    """The manifest of a company folder, or None when there is none (or it was cut short)."""
    try:
        return dict(json.loads((company_root / MANIFEST).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None


def _facts(world: World) -> dict[str, int]:
    """Sizes worth telling."""
    return {
        "employees": len(world.setting.people.roster),
        "orders": len(world.orders.table),
        "sessions": len(world.sessions),
        "messages": len(world.messages),
    }
