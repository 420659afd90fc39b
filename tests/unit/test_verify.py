"""A revision proved: it comes out the same; whatever somebody changed in ledger, snapshot or files is named."""

import shutil
import sqlite3
from functools import cache
from pathlib import Path

import pytest

from flows.revisions.verify import verify
from flows.revisions.verify_rows import require_proved
from flows.settings import load_company
from tests.month_end_company import jixiao
from tests.revised_company import _mailed, again, override
from tests.tiny_company import COMPANY_YAML, PERIOD, SCHEME_YAML, edit
from transforms.errors import NotFoundError, StorageError
from transforms.period import parse


@pytest.fixture
def revised(tmp_path_factory, tmp_path) -> Path:
    """A copy of a company with two revisions, the second by a correction."""
    return Path(shutil.copytree(_revised(tmp_path_factory.getbasetemp()), tmp_path / "company"))


@cache
def _revised(base: Path) -> Path:
    root = Path(shutil.copytree(_mailed(base / "tiny-mailed"), base / "tiny-revised"))
    override(root, "E1", "84")
    again(root)
    return root


def proved(root, **how):
    return verify(load_company(root), parse(PERIOD), **how)


def parts(found):
    return {(fault.part, fault.where) for fault in found.faults}


def tamper(root, statement, *values):
    """Change a row as somebody with the database file could: triggers dropped."""
    with sqlite3.connect(root / "data/ledger.sqlite") as con:
        for (name,) in con.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            con.execute(f'drop trigger "{name}"')
        assert con.execute(statement, values).rowcount == 1


def test_everything_comes_out_the_same_whatever_todays_files_say(revised):
    """Schemes, settings and findings are those of then: a changed scheme and a lost folder change nothing."""
    edit(revised / SCHEME_YAML, "weight: 40", "weight: 50")
    edit(revised / SCHEME_YAML, "weight: 30,", "weight: 20,")
    edit(revised / COMPANY_YAML, "trend_months: 1", "trend_months: 3")
    shutil.rmtree(revised / "data/findings")
    found = proved(revised, render=True)
    assert found.faults == ()
    assert [(proof.revision, proof.recomputed, proof.documents, proof.rendered) for proof in found.proofs] == [
        (1, True, 6, 6), (2, True, 6, 3)
    ]  # fmt: skip
    require_proved(found)
    assert not (revised / "data/findings").exists()


def test_a_changed_file_is_named(revised):
    path = "data/reports/2026-10/r1/employee-E2.pdf"
    (revised / path).write_bytes(b"%PDF-1.7 forged")
    found = proved(revised)
    assert parts(found) == {("file", path)}
    assert [len(proof.faults) for proof in found.proofs] == [1, 1], "both revisions have this document"
    with pytest.raises(StorageError, match="2 things are not as recorded") as error:
        require_proved(found)
    assert error.value.exit_code == 7


def test_a_changed_score_in_the_ledger_is_found_by_the_chain_and_by_recomputing(revised):
    with sqlite3.connect(revised / "data/ledger.sqlite") as con:
        body = con.execute("select body from person_results where revision_id = 1 and employee_id = 'NA'").fetchone()[0]
    score = load_score(body)
    forged = body.replace(f'"score":"{score}"', '"score":"99.99"')
    assert forged != body
    tamper(revised, "update person_results set body = ? where revision_id = 1 and employee_id = 'NA'", forged)
    found = proved(revised, number=1)
    assert "the results of revision 1 were changed" in {fault.says for fault in found.chain}
    said = [fault.says for fault in found.faults if fault.where == "r1 employee NA"]
    assert any(f"the ledger says 99.99, made again it is {score}" in each for each in said)


def load_score(body):
    import json

    return json.loads(body)["score"]


def test_a_document_said_to_have_another_content_is_named(revised):
    tamper(
        revised, "update documents set content_sha256 = ? where revision_id = 1 and subject_id = 'E2'", "0" * 64
    )  # fmt: skip
    assert parts(proved(revised, number=1)) == {("document", "r1 employee:E2")}


def test_a_changed_entry_of_the_journal_is_named(revised):
    tamper(revised, "update journal set by = 'E9' where kind = 'correction'")
    assert next(fault.says for fault in proved(revised, number=1).chain).startswith("journal entry")


def test_a_changed_object_of_the_snapshot_is_named(revised):
    changed = max((revised / "data/snapshots/objects").rglob("*.parquet"), key=lambda path: path.stat().st_size)
    raw = bytearray(changed.read_bytes())
    raw[len(raw) // 2] ^= 1
    changed.write_bytes(raw)
    found = proved(revised, number=1)
    assert {part for part, _ in parts(found)} == {"snapshot"}
    assert f"object {changed.stem[:12]} was changed" in found.faults[0].says
    assert [proof.recomputed for proof in found.proofs] == [False]


def test_a_revision_of_another_program_is_made_again_all_the_same(revised, monkeypatch):
    """The version is told; what differs would be laid to it."""
    monkeypatch.setattr("flows.wiring.code_version", lambda: "9.9+0")
    proof = proved(revised, number=1).proofs[0]
    assert (proof.other_program, proof.recomputed, proof.faults) == (True, True, ())


def test_there_must_be_something_to_prove(revised):
    with pytest.raises(NotFoundError, match="no revision 9"):
        proved(revised, number=9)


def test_the_exit_code_says_that_something_differs(revised):
    path = revised / "data/reports/2026-10/r2/employee-E1.pdf"
    path.unlink()
    done = jixiao("verify", PERIOD, "--revision", "2", "--csv", "--company", str(revised))
    assert done.returncode == 7
    assert done.stdout.splitlines() == [
        "part,where,what",
        f"file,{path.relative_to(revised)},the file of r2 is not there",
    ]
    assert "1 thing is not as recorded" in done.stderr
