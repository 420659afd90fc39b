"""A site's folder: the whole new one or the whole old one, for its owner and group, and nobody's other folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.site.folder import GENERATOR, plain, replacing, write
from transforms.errors import StorageError

OLD, NEW = f"<meta {GENERATOR}>old".encode(), f"<meta {GENERATOR}>new".encode()


def site(target: Path, content: bytes) -> None:
    with replacing(target) as made:
        write(made / "index.html", content)
        write(made / "lists" / "E1.html", content)


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "sites" / "E1"
    site(target, OLD)
    (target / "lists" / "left.html").write_bytes(b"of somebody who left")
    site(target, NEW)
    assert (target / "index.html").read_bytes() == NEW
    assert [path.name for path in (target / "lists").iterdir()] == ["E1.html"]
    assert [path.name for path in target.parent.iterdir()] == ["E1"]


def test_owner_writes_group_reads_and_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        site(tmp_path / "E1", NEW)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "E1", *(tmp_path / "E1").rglob("*"))}
    assert modes == {"E1": 0o750, "lists": 0o750, "index.html": 0o640, "E1.html": 0o640}


def test_what_fails_in_the_middle_leaves_the_old_site(tmp_path: Path) -> None:
    site(tmp_path / "E1", OLD)
    with pytest.raises(StorageError, match="File exists"), replacing(tmp_path / "E1") as made:
        [write(made / "index.html", NEW) for _ in range(2)]
    assert (tmp_path / "E1" / "index.html").read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["E1"]


def test_a_run_that_is_killed_leaves_the_old_site_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    target = tmp_path / "E1"
    site(target, OLD)
    code = (
        "import os, signal, sys; from pathlib import Path; from flows.site.folder import replacing, write\n"
        "with replacing(Path(sys.argv[1])) as made:\n"
        "    write(made / 'index.html', b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (target / "index.html").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 2
    site(target, NEW)
    assert (target / "index.html").read_bytes() == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["E1"]


def test_killed_between_the_two_moves_the_old_site_comes_back(tmp_path: Path) -> None:
    target = tmp_path / "E1"
    site(target, OLD)
    target.rename(tmp_path / ".E1.old")
    with pytest.raises(ValueError, match="again"), replacing(target):
        raise ValueError("again")
    assert (target / "index.html").read_bytes() == OLD


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>my own page</title>", "utf-8")
    with pytest.raises(StorageError, match="no site"):
        site(tmp_path, NEW)
    assert (tmp_path / "index.html").read_text("utf-8") == "<title>my own page</title>"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StorageError):
        site(tmp_path / "file" / "E1", NEW)


@pytest.mark.parametrize("wicked", ["../../etc/passwd", "/root/x", "a/b", "..", "", "工号", "E1\n", "E1~2"])
def test_no_id_leads_out_of_the_folder(wicked: str) -> None:
    name = plain(wicked)
    assert name not in {"", ".", ".."}
    assert not set(name) & set("/\\\n")
    assert name.isascii()
    assert plain("E1") == "E1"
    assert name != "E1~2"
