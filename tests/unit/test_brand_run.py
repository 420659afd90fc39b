"""A run with a company's own look: workers draw with it, and a changed template makes a revision of its own."""

import pytest

from flows import wiring
from flows.settings import load_company
from flows.warehouse.ledger_documents import documents
from tests.rendered import text_of
from tests.tiny_company import COMPANY_YAML, build, edit, run

OWN = '{% extends "jixiao/employee.html.j2" %}{% block kind %}Our scorecard WHICH{% endblock %}'


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("brand") / "company", agents=("E1",))
    edit(made / COMPANY_YAML, "locale: en, ", 'locale: en, brand: {accent: "#8a1c3b", words: {en: {Grade: Mark}}}, ')
    return made


def own(root, which):
    path = root / "config" / "templates" / "employee.html.j2"
    path.parent.mkdir(exist_ok=True)
    path.write_text(OWN.replace("WHICH", which), "utf-8")


def made_of(root, revision):
    company = load_company(root)
    return next(d for d in documents(wiring.ledger(company), revision.id) if d.subject_id == "E1")


def test_documents_of_a_run_show_the_look_and_another_template_makes_another_revision(root, tmp_path):
    own(root, "one")
    first = run(root)
    html = (root / made_of(root, first).html_path).read_text("utf-8")
    assert ("#8a1c3b" in html, "Our scorecard one" in html, ">Mark<" in html) == (True, True, True)
    assert "Our scorecard one" in text_of((root / made_of(root, first).pdf_path).read_bytes(), tmp_path)
    own(root, "two")
    second = run(root)
    assert second.number == first.number + 1
    assert "Our scorecard two" in (root / made_of(root, second).html_path).read_text("utf-8")
    assert "Our scorecard one" in (root / made_of(root, first).html_path).read_text("utf-8")
