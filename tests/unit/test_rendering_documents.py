"""Batches: files whole or not at all, one bad report never takes the others with it."""

from datetime import date
from hashlib import sha256

import pytest

from flows.rendering import pool
from flows.rendering.codes import code_of
from flows.rendering.content import content_sha256
from flows.rendering.documents import FailedDocument, RenderedDocument, render_batch, stem
from tests.rendered import sample
from transforms.errors import StorageError


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    reports = [sample("employee", "E1006"), sample("employee", "E1008"), sample("department", "marketing")]
    return folder, reports, render_batch(reports, folder, "zh-Hans", 2)


def test_each_report_becomes_two_files_in_order_and_a_department_a_workbook_too(batch):
    folder, _, made = batch
    assert [document.subject_id for document in made] == ["E1006", "E1008", "marketing"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "department-marketing.html", "department-marketing.pdf", "department-marketing.xlsx", "employee-E1006.html",
        "employee-E1006.pdf", "employee-E1008.html", "employee-E1008.pdf",
    ]  # fmt: skip


def test_hashes_and_sizes_are_those_of_the_files(batch):
    for document in batch[2]:
        html, paper = document.html_path.read_bytes(), document.pdf_path.read_bytes()
        assert (document.html_sha256, document.html_bytes) == (sha256(html).hexdigest(), len(html))
        assert (document.pdf_sha256, document.pdf_bytes) == (sha256(paper).hexdigest(), len(paper))
        assert paper.startswith(b"%PDF-1.7")
        assert code_of(document.content_sha256).encode() in html


def test_made_again_everything_is_the_same(batch, tmp_path):
    _, reports, made = batch
    again = render_batch(reports, tmp_path, "zh-Hans", 1)
    assert [(d.html_sha256, d.pdf_sha256) for d in again] == [(d.html_sha256, d.pdf_sha256) for d in made]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_one_report_that_cannot_be_drawn_does_not_touch_the_others(tmp_path):
    good = sample("employee", "E1008")
    bad = good.model_copy(update={"subject_id": "E0000", "score": "not a number"})
    made = render_batch([bad, good], tmp_path, "zh-Hans", 1)
    assert isinstance(made[0], FailedDocument)
    assert isinstance(made[1], RenderedDocument)
    assert made[0].subject_id == "E0000"
    assert "not a number" not in made[0].reason
    assert not list(tmp_path.glob("*E0000*"))


def test_a_process_that_dies_costs_only_the_job_that_killed_it():
    outcomes = list(pool.each(_die_of_odd_numbers, [0, 1, 2], 1))
    assert outcomes[0] == 0
    assert isinstance(outcomes[1], Exception)
    assert outcomes[2] == 2
    assert list(pool.each(_die_of_odd_numbers, [4], 1)) == [4]


def _die_of_odd_numbers(number):
    import os

    if number % 2:
        os._exit(1)
    return number


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="file/reports"):
        render_batch([], tmp_path / "file" / "reports", "zh-Hans", 1)


def test_a_folder_that_takes_no_files_leaves_nothing_behind(tmp_path):
    target = tmp_path / "full"
    target.mkdir()
    (target / "employee-E1008.html").mkdir()  # os.replace onto a folder fails like a refusing disk
    with pytest.raises(StorageError):
        render_batch([sample("employee", "E1008")], target, "zh-Hans", 1)
    assert [path.name for path in target.iterdir()] == ["employee-E1008.html"]


def test_file_names_are_ascii_and_stay_in_the_folder():
    assert stem("employee", "E2001") == "employee-E2001"
    names = [stem("employee", each) for each in ("张三", "李四", "../../etc/passwd", "a/b", "", ".hidden", "x" * 90)]
    assert all(name.isascii() and "/" not in name and len(name) < 60 for name in names)
    assert len(set(names)) == len(names)


def test_the_content_hash_ignores_the_revisions_marks_and_nothing_else():
    report = sample("employee", "E2002")
    footer = report.head.footer.model_copy(update={"revision": 9, "dated": date(2027, 1, 1)})
    later = report.model_copy(update={"head": report.head.model_copy(update={"footer": footer})})
    assert content_sha256(later, "zh-Hans") == content_sha256(report, "zh-Hans")
    assert content_sha256(report, "en") != content_sha256(report, "zh-Hans")
    changed = report.model_copy(update={"score": report.score + 1})
    assert content_sha256(changed, "zh-Hans") != content_sha256(report, "zh-Hans")
