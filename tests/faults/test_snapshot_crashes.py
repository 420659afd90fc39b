"""A run killed at any step of writing or publishing leaves no half snapshot, and the next run clears up after it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.company import Company
from flows.warehouse.snapshots import load_manifest, open_snapshot
from tests.source_company import ORDER_HEADER, ORDERS, add_file, add_source, make_company, orders_company

# What a run does to the disk, as the interpreter itself reports it; the child kills itself before the Nth of these.
CHILD = """
import os, signal, sys
from pathlib import Path

from flows.company import Company, CompanySettings
from flows.sources import load_sources, stage
from flows.warehouse.snapshot_connection import connect
from flows.company import Company
from flows.warehouse.snapshots import publish, write_snapshot
from transforms.titles import Title

root, last = Path(sys.argv[1]), int(sys.argv[2])
seen = 0

def count(event, arguments):
    global seen
    if event in {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove"} and str(root) in str(arguments[0]):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

company = Company(root, CompanySettings(name=Title(zh_hans="x")))
con = connect(company)
report = stage(company, load_sources(company), con)
sys.addaudithook(count)
print(publish(write_snapshot(con, company, report)), seen)
"""


def run(company, last):
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(company.root), str(last)],
        capture_output=True, text=True, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip


def visible(company):
    """The snapshots there are, each one read in full."""
    found = {}
    for path in company.snapshots.glob("*.json"):
        con = open_snapshot(company, path.stem)
        found[path.stem] = con.execute("select count(*), sum(order_amount_fen) from orders").fetchall()
        found[path.stem] += con.execute("select count(*) from rejected").fetchall()
        assert load_manifest(company, path.stem)["snapshot_id"] == path.stem
        con.close()
    return found


def test_killed_at_any_step_nothing_half_written_is_visible(tmp_path):
    company = orders_company(tmp_path / "c", a="A1,s1,b,2026-09-01,1,\nA2,s1,b,2026-10-01,1,")
    first = run(company, 0)
    assert first.returncode == 0, first.stderr
    before = visible(company)
    lines = "A3,s1,b,2026-10-02,1,\nA4,s2,b,2026-11-02,x,\nA5,s2,b,2026-11-02,1,\n"
    add_file(company, "orders/b.csv", f"{ORDER_HEADER}\n{lines}")
    whole = _copied(company, tmp_path / "whole")
    done = run(whole, 0)
    assert done.returncode == 0, done.stderr
    snapshot_id, steps = done.stdout.split()
    for step in _some(int(steps)):
        killed = _copied(company, tmp_path / str(step))
        child = run(killed, step)
        assert child.returncode == -signal.SIGKILL, child.stderr
        assert visible(killed) in (before, visible(whole))
        if step % 3 == 0:
            assert run(killed, 0).returncode == 0
            assert visible(killed) == visible(whole) == {**before, snapshot_id: [(4, 400), (1,)]}
            assert not list(killed.snapshots.glob(".staging-*"))


def _copied(company, copy):
    shutil.copytree(company.root, copy)
    return Company(copy, company.settings)


def _some(steps):
    """A few steps of writing, and most of publishing, which comes last. `EVERY_STEP=1` takes them all."""
    assert steps > 20
    every = range(1, steps - 2)  # two writers make one folder sometimes in one step more
    return every if os.environ.get("EVERY_STEP") else [*every[: steps - 12 : 8], *every[steps - 12 :: 2]]


def test_the_folder_of_a_killed_run_is_removed_by_the_next_and_that_of_a_living_one_is_not(tmp_path):
    company = orders_company(tmp_path / "c", a="A1,s1,b,2026-09-01,1,")
    killed = run(company, 8)
    assert killed.returncode == -signal.SIGKILL
    (stale,) = company.snapshots.glob(".staging-*")
    alive = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(company.snapshots)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        held = Path(alive.stdout.readline().strip())
        assert not stale.exists()
        assert run(company, 0).returncode == 0
        assert held.exists()
    finally:
        alive.communicate()
    assert run(company, 0).returncode == 0
    assert not held.exists()


_HOLD = """
import sys
from pathlib import Path
from flows.warehouse.snapshot_store import new_staging
print(new_staging(Path(sys.argv[1]))[0], flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("limit", [1, 2000, 6000])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, limit):
    """The kernel refuses writes beyond `limit` bytes a file, as a full disk would: for root as for others."""
    company = orders_company(tmp_path / "c", a="".join(f"A{n},s1,b{n * 7919},2026-09-01,{n},\n" for n in range(400)))
    child = subprocess.run(
        [sys.executable, "-c", _LIMITED + CHILD, str(company.root), "0", str(limit)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert "StorageError" in child.stderr.splitlines()[-1], child.stderr
    assert "free space on that disk" in child.stderr
    assert [path.name for path in company.snapshots.iterdir()] == [".lock"]
    assert run(company, 0).returncode == 0
    assert len(visible(company)) == 1


def test_a_full_disk_while_staging_is_said_and_leaves_nothing(tmp_path):
    company = make_company(tmp_path / "c")
    add_source(company, ORDERS.replace("kind: files", "kind: files\nencoding: gb18030"))
    lines = "".join(f"A{n},s1,张{n},2026-09-01,{n},\n" for n in range(400))
    add_file(company, "orders/a.csv", f"{ORDER_HEADER}\n{lines}", "gb18030")
    child = subprocess.run(
        [sys.executable, "-c", _LIMITED + CHILD, str(company.root), "0", "2000"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert "StorageError" in child.stderr.splitlines()[-1], child.stderr
    assert [path.name for path in (company.data / "tmp").iterdir()] == [".lock"]
    assert not company.snapshots.exists()


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
"""
