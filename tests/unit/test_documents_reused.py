"""Of a new revision only documents that say something new are made; the others are the files that are there."""

from flows.documents import batches, render
from flows.settings import load_company
from flows.warehouse.ledger_documents import documents
from tests.revised_company import (  # noqa: F401 - mailed is a fixture
    again,
    engine_of,
    made_for,
    mailed,
    override,
    send,
    take_back,
)

CHANGED = ["company:company", "department:desk", "employee:E1"]


def paths(root, revision):
    return {f"{d.kind}:{d.subject_id}": d.pdf_path for d in documents(engine_of(root), revision.id)}


def pdf(root, name, number=1):
    kind, _, subject = name.partition(":")
    return root / f"data/reports/2026-10/r{number}/{kind}-{subject}.pdf"


def test_only_documents_that_say_something_else_are_made(mailed):  # noqa: F811
    override(mailed, "E1", "84")
    revision = again(mailed)
    assert made_for(mailed, revision) == CHANGED
    kept = {name: path for name, path in paths(mailed, revision).items() if name not in CHANGED}
    assert kept == {f"employee:{who}": f"data/reports/2026-10/r1/employee-{who}.pdf" for who in ("E2", "M1", "NA")}
    assert sorted(path.name for path in (mailed / "data/reports/2026-10/r2").glob("*.pdf")) == [
        "company-company.pdf", "department-desk.pdf", "employee-E1.pdf"
    ]  # fmt: skip


def test_a_correction_withdrawn_before_it_was_mailed_makes_no_document(mailed):  # noqa: F811
    told = override(mailed, "E1", "84")
    again(mailed)
    take_back(mailed, told)
    third = again(mailed)
    assert (third.number, made_for(mailed, third)) == (3, [])
    assert {path.split("/")[-2] for path in paths(mailed, third).values()} == {"r1"}


def test_what_differs_from_what_was_mailed_last_is_made_anew_though_it_was_said_before(mailed):  # noqa: F811
    told = override(mailed, "E1", "84")
    again(mailed)
    send(mailed)
    take_back(mailed, told)
    assert made_for(mailed, again(mailed)) == ["department:desk", "employee:E1"]  # the company's page is never mailed


def test_a_document_made_but_not_mailed_yet_serves_the_next_revision(mailed):  # noqa: F811
    override(mailed, "NA", "79")
    again(mailed)
    override(mailed, "E1", "84")
    third = again(mailed)
    assert paths(mailed, third)["employee:NA"].endswith("r2/employee-NA.pdf")
    assert made_for(mailed, third) == CHANGED


def test_a_lost_file_is_made_again_by_the_revision_that_made_it(mailed):  # noqa: F811
    override(mailed, "E1", "84")
    second = again(mailed)
    file = pdf(mailed, "employee:E2")
    known = file.read_bytes()
    file.unlink()
    company = load_company(mailed)
    assert batches(company, second.id) == [["employee:E2"]]
    assert render(company, second.id, ["employee:E2"]) == 1
    assert file.read_bytes() == known


def test_a_file_that_somebody_changed_is_not_taken_over(mailed):  # noqa: F811
    pdf(mailed, "employee:E2").write_bytes(b"%PDF-1.7 forged")
    override(mailed, "E1", "84")
    assert "employee:E2" in made_for(mailed, again(mailed))


def test_nothing_new_makes_nothing(mailed):  # noqa: F811
    first = again(mailed, refresh=True)
    assert first.number == 1
    assert batches(load_company(mailed), first.id) == []
