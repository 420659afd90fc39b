"""The numbers of letters are those of the documents they bring and of the ledger: read back from a real small run."""

import re
from datetime import date, timedelta
from decimal import Decimal

from flows.mail.figures import teller
from flows.mail.words import text_of
from flows.warehouse import outbox
from flows.warehouse.ledger import record
from flows.warehouse.ledger_documents import record_documents
from flows.warehouse.ledger_queries import load_results
from tests.ledger import NOON, company, revision_input, write_documents
from tests.rendered import text_of as paper_text
from tests.revised_company import again, engine_of, mailed, override  # noqa: F401 - mailed is a fixture
from tests.tiny_company import COMPANY_YAML, edit

PERIOD = "2026-10"


def letters(root, state):
    rows = outbox.rows(engine_of(root), period=PERIOD, states=(state,))
    return {(row.recipient_id, row.kind): row.letter for row in rows}


def paper_of(root, letter, folder):
    """The text of the document that the letter is about: the first one."""
    return paper_text((root / letter.attachments[0].path).read_bytes(), folder)


def test_letter_document_and_ledger_say_the_same_numbers(mailed, tmp_path):  # noqa: F811
    sent = letters(mailed, "sent")
    results = load_results(engine_of(mailed), sent["E1", "own"].revision_id)
    people = {person.employee_id: person for person in results.people}
    for who in ("E1", "E2", "NA"):
        letter, person = sent[who, "own"], people[who]
        text, paper = " ".join(text_of(letter).split()), paper_of(mailed, letter, tmp_path)
        score, place = f"{person.score:.2f}", f"{person.rank} / {person.ranked_of}"
        assert f"Score: {score} " in text or f"Score: {score} Grade" in text
        assert score in paper
        assert f"Rank in the team: {place}" in text
        assert re.search(rf"\b{person.rank} ?/ ?{person.ranked_of}\b", paper)
        lost = min((line.points - line.weight_used, line.key) for line in person.cards[0].indicators)[0]
        assert f"−{-lost:.2f}" in text
        assert f"{-lost:.2f}" in paper
        until = re.search(r"appeals to HR by (\d+ \w+ \d{4})", text)[1]
        assert until in paper
    manager = sent["M1", "department"]
    mean = sum((person.score for person in results.people), Decimal(0)) / len(results.people)
    assert f"Mean score: {mean:.2f}" in text_of(manager)
    assert f"{mean:.2f}" in paper_of(mailed, manager, tmp_path)


def test_a_correction_tells_old_and_new_as_both_revisions_have_them(mailed, tmp_path):  # noqa: F811
    old = load_results(engine_of(mailed), letters(mailed, "sent")["E1", "own"].revision_id)
    override(mailed, "E1", "84")
    again(mailed)
    letter = letters(mailed, "queued")["E1", "own"]
    new = load_results(engine_of(mailed), letter.revision_id)
    before, after = (next(p for p in each.people if p.employee_id == "E1") for each in (old, new))
    assert before.score != after.score
    line = f"{before.score:.2f} → {after.score:.2f}"
    assert line in text_of(letter)
    assert f"{after.score:.2f}" in paper_of(mailed, letter, tmp_path)
    manager = letters(mailed, "queued")["M1", "department"]
    assert f"{after.score:.2f}" not in text_of(manager)


def test_a_company_may_keep_figures_out_of_its_letters(mailed):  # noqa: F811
    edit(mailed / COMPANY_YAML, "delivery: {kind: folder}", "delivery: {kind: folder, figures: attachment}")
    override(mailed, "E1", "84")
    again(mailed)
    queued = letters(mailed, "queued").values()
    assert len(queued) == 2
    for letter in queued:
        assert letter.figures is None
        assert letter.appeal_until is not None
        assert "In short" not in text_of(letter)


def test_a_document_of_an_earlier_revision_keeps_its_day_to_appeal(sqlite_ledger, tmp_path):
    """The second revision, a week later, takes the person's file over and makes the department's anew."""
    first = record(sqlite_ledger, revision_input("s1"))
    later = revision_input("s2", created_at=NOON + timedelta(days=7))
    second = record(sqlite_ledger, later)
    kept, *others = write_documents(tmp_path, [("employee", "E1"), ("department", "customer_service")])
    record_documents(sqlite_ledger, first.id, [kept], NOON)
    record_documents(sqlite_ledger, second.id, [kept, *others], NOON)
    tell = teller(sqlite_ledger, company(tmp_path), second, later.results)
    assert tell(kept).appeal_until == date(2026, 11, 27)  # five working days after Saturday 21 November
    assert tell(others[0]).appeal_until == date(2026, 12, 4)
