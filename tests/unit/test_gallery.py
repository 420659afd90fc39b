"""The gallery in docs/ is whole: every kind in three languages, nothing left over, small enough to keep."""

import re
from io import BytesIO

import pytest
from PIL import Image

from flows.rendering.languages import TEMPLATES
from tests.browser import DESK, Look
from tests.gallery.__main__ import drawn, page
from tests.gallery.drawing import Studio, screen, small
from tests.gallery.pictures import ALL, PICTURES
from tests.sample_extremes import with_indicators, without_data

FOLDER = TEMPLATES.parent / "docs" / "gallery"
MOST_BYTES, MOST_BYTES_EACH = 6_000_000, 120_000


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_picture_is_there_in_each_of_its_languages(picture):
    made = [path.name for path in drawn(picture, FOLDER)]
    assert {name.split(".")[1] for name in made} == set(picture.locales)


def test_every_kind_of_document_is_shown_in_three_languages():
    shown = {picture.name.split("-")[0] for picture in PICTURES if picture.locales == ALL}
    assert shown == {"employee", "department", "company", "acknowledgement", "site", "mail", "workbook"}


def test_the_page_shows_what_is_there_and_nothing_else():
    told = (FOLDER / "README.md").read_text("utf-8")
    assert told == page(FOLDER)
    assert sorted(re.findall(r'src="([^"]+)"', told)) == sorted(path.name for path in FOLDER.glob("*.png"))


def test_the_gallery_is_small():
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    assert max(sizes) <= MOST_BYTES_EACH
    assert sum(sizes) <= MOST_BYTES


def test_few_colours_leave_the_picture_as_large_as_it_was():
    made = BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGB").save(made, "PNG")
    with Image.open(BytesIO(small(made.getvalue()))) as picture:
        assert (picture.size, picture.mode) == ((40, 30), "P")


def test_a_tool_that_is_missing_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr("tests.gallery.drawing.CHROMIUM", FOLDER / "no-such-browser")
    with Studio() as studio, pytest.raises(SystemExit, match="install the Debian package chromium"):
        screen(studio, "<p>", Look(DESK))


def test_the_extremes_are_what_their_names_say():
    assert [len(with_indicators(n).cards[0].indicators) for n in (1, 30)] == [1, 30]
    assert (without_data().score, without_data().cards) == (None, ())
