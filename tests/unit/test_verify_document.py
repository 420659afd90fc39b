"""A document looked up by its code, its QR code or the file itself; what was altered, mistyped or lost is told."""

import shutil
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from flows.cli.app import app
from flows.rendering.codes import ALPHABET, bare, code_of
from flows.revisions.brought import codes_in
from flows.revisions.verify_document import by_code, by_file
from flows.revisions.verify_document_rows import require_as_recorded, require_genuine
from flows.settings import load_company
from flows.warehouse.ledger_documents import documents
from tests.month_end_company import jixiao
from tests.revised_company import _mailed, again, engine_of, override, send
from transforms.errors import NotFoundError, RuleError, StorageError


@cache
def _revised(base: Path) -> Path:
    """Two revisions, each mailed; the second changed E1, his department and the company."""
    root = Path(shutil.copytree(_mailed(base / "tiny-mailed"), base / "tiny-looked-up"))
    override(root, "E1", "84")
    again(root)
    send(root)
    return root


@pytest.fixture
def looked(tmp_path_factory) -> Path:
    """The company, to be read only."""
    return _revised(tmp_path_factory.getbasetemp())


@pytest.fixture
def own(looked, tmp_path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(looked, tmp_path / "company"))


def document(root, number, subject, kind="employee"):
    return next(d for d in documents(engine_of(root), number) if (d.kind, d.subject_id) == (kind, subject))


def code(root, number, subject, kind="employee"):
    return code_of(document(root, number, subject, kind).content_sha256)


def test_a_document_that_counts_says_what_it_is_and_to_whom_it_was_mailed(looked):
    found = by_code(load_company(looked), code(looked, 2, "E1").lower())
    assert (found.kind, found.subject_id, found.period, found.revisions) == ("employee", "E1", "2026-10", (2,))
    assert found.replaced_by is None
    assert {(each.to, each.revision) for each in found.sent} >= {("employee", 2)}
    assert [each.state for each in found.files] == ["as recorded"] * 2
    assert found.faults == ()


def test_a_document_that_was_replaced_names_what_replaced_it(looked):
    found = by_code(load_company(looked), code(looked, 1, "E1"))
    assert found.replaced_by == (2, code(looked, 2, "E1"))
    assert found.revisions == (1,)


def test_a_document_that_a_correction_left_alone_belongs_to_both_revisions(looked):
    found = by_code(load_company(looked), code(looked, 2, "E2"))
    assert (found.revisions, found.replaced_by) == ((1, 2), None)


def test_the_words_of_its_qr_code_name_it_too(looked):
    company, own_code = load_company(looked), code(looked, 1, "E1")
    assert by_code(company, f"JIXIAO 2026-10 r1 employee E1 {own_code}").faults == ()
    found = by_code(company, f"JIXIAO 2026-10 r3 employee E2 {own_code}")
    assert found.disagrees == (
        "the QR code says subject E2, the document of its code has E1",
        "the QR code says revision 3, the document belongs to 1",
    )
    with pytest.raises(StorageError, match="the QR code says subject E2"):
        require_as_recorded(found)


def test_the_start_of_the_hash_on_older_paper_names_it_too(looked):
    known = document(looked, 1, "E1")
    assert by_code(load_company(looked), known.content_sha256[:12].upper()).code == code_of(known.content_sha256)


def test_a_mistyped_code_and_an_unknown_one_are_told_apart(looked):
    company, plain = load_company(looked), bare(code(looked, 1, "E1"))
    other = ALPHABET[(ALPHABET.index(plain[0]) + 1) % len(ALPHABET)] + plain[1:]
    with pytest.raises(RuleError, match="is mistyped"):
        by_code(company, other)
    with pytest.raises(NotFoundError, match="well formed, and no document of this company has it"):
        by_code(company, code_of("5" * 64))
    with pytest.raises(NotFoundError, match="no document begins with 000000000000"):
        by_code(company, "0" * 12)


def test_a_changed_file_of_the_record_is_named(own):
    path = document(own, 2, "E1").pdf_path
    (own / path).write_bytes(b"%PDF-1.7 forged")
    found = by_code(load_company(own), code(own, 2, "E1"))
    assert found.faults == (f"{path} is changed",)
    (own / path).unlink()
    assert by_code(load_company(own), code(own, 2, "E1")).faults == (f"{path} is not there",)


@pytest.mark.parametrize("form", ["pdf_path", "html_path"])
def test_a_file_is_genuine_to_the_byte(form, looked, tmp_path):
    brought = tmp_path / "from-a-friend"
    shutil.copy(looked / getattr(document(looked, 1, "E1"), form), brought)
    told, found = by_file(load_company(looked), brought)
    assert (told, found.subject_id, found.replaced_by[0]) == ("genuine", "E1", 2)
    require_genuine("x", told, found)


def test_an_altered_html_is_known_by_its_code(looked, tmp_path):
    brought, known = tmp_path / "report.html", document(looked, 1, "E1")
    brought.write_bytes((looked / known.html_path).read_bytes().replace(b"<h1>", b"<h1>Dr. "))
    told, found = by_file(load_company(looked), brought)
    assert (told, found.code) == ("altered", code_of(known.content_sha256))
    with pytest.raises(StorageError, match="is an altered copy of document"):
        require_genuine(brought.name, told, found)


@pytest.mark.parametrize("keeps_metadata", [True, False])
def test_an_altered_pdf_is_known_by_its_metadata_or_its_text(keeps_metadata, looked, tmp_path):
    brought, known = tmp_path / "report.pdf", document(looked, 1, "E1")
    writer = PdfWriter(clone_from=PdfReader(looked / known.pdf_path))
    if not keeps_metadata:
        writer.metadata = None
    writer.pages[0].rotate(90)
    writer.write(brought)
    told, found = by_file(load_company(looked), brought)
    assert (told, found.code) == ("altered", code_of(known.content_sha256))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\nxref trailer <<>>", b"\xff\xfe\x00 K7Q4-9XMT"]
)
def test_a_file_without_a_code_is_none_of_ours(content, looked, tmp_path):
    brought = tmp_path / "other.pdf"
    brought.write_bytes(content)
    told, found = by_file(load_company(looked), brought)
    assert (told, found) == ("unknown", None)
    with pytest.raises(NotFoundError, match=r"other\.pdf is not one of ours"):
        require_genuine(brought.name, told, found)


def test_codes_are_read_each_once_and_only_whole_ones():
    good, other = code_of("a" * 64), code_of("b" * 64)
    wrong = good[:-1] + next(each for each in ALPHABET if each != good[-1])
    assert codes_in(f"{good} {wrong} X{good}X {other} {good}".encode()) == (good, other)
    assert codes_in(BytesIO(b"").getvalue()) == ()


def run(root, *words):
    """The command within this process: what it printed, or our error."""
    done = CliRunner().invoke(app, ["verify", *words, "--company", str(root)])
    return done.stdout, done.exception


def test_the_command_takes_a_code_its_words_and_a_file(looked, tmp_path):
    own_code = code(looked, 1, "E1")
    spoken, _ = run(looked, *f"JIXIAO 2026-10 r1 employee E1 {own_code}".split(), "--json")
    assert f'"code": "{own_code}"' in spoken
    forged = tmp_path / "a.html"
    forged.write_text(f"<p>{own_code}", encoding="utf-8")
    told, error = run(looked, str(forged), "--csv")
    assert ("altered" in told, error.exit_code, "altered copy" in error.what) == (True, 7, True)
    assert run(looked, str(tmp_path / "lost.pdf"))[1].exit_code == 9
    assert run(looked, "K7Q4-9XMT-2B8C")[1].exit_code == 10
    assert run(looked, own_code, "--documents")[1].exit_code == 4


def test_the_table_says_what_replaced_it_and_tells_no_address(looked):
    done = jixiao("verify", code(looked, 1, "E1").lower().replace("-", " "), "--company", str(looked))
    assert (done.returncode, "no: revision 2 replaced it" in done.stdout) == (0, True)
    assert "@" not in done.stdout
