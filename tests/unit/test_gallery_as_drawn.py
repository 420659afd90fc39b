"""Pages are drawn as the gallery shows them: screenshots compared with those that were looked at.

A picture differs a little where a font's edge falls otherwise, and in the code at the foot, which follows from the
templates; a part that moved, vanished or changed its size differs a lot. When a change is meant: `make gallery`, look, commit.
"""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.gallery.drawing import Studio
from tests.gallery.pictures import PICTURES

GALLERY = Path(__file__).parents[2] / "docs" / "gallery"
COMPARED = ("employee", "employee-phone", "employee-dark", "department", "company", "site")
MOST = 2.0  # mean difference of a grey level of 255; a table that moved by one row makes five and more


@pytest.fixture(scope="module")
def studio():
    with Studio() as opened:
        yield opened


def grey(content: bytes) -> Image.Image:
    """A picture without what a font's edges do: grey, and a little blurred."""
    return Image.open(io.BytesIO(content)).convert("L").filter(ImageFilter.BoxBlur(1))


def apart(one: bytes, other: bytes) -> float:
    """The mean difference of two pictures; those of other sizes are as far apart as black and white."""
    first, second = grey(one), grey(other)
    if first.size != second.size:
        return 255.0
    return ImageStat.Stat(ImageChops.difference(first, second)).mean[0]


@pytest.mark.parametrize("name", COMPARED)
def test_a_page_looks_as_it_did(studio, name):
    picture = next(each for each in PICTURES if each.name == name)
    shown = sorted(GALLERY.glob(f"{name}.zh-Hans.*.png"))
    made = picture.draw(studio, "zh-Hans")
    assert len(made) == len(shown) > 0
    assert [
        n for n, (ours, known) in enumerate(zip(made, shown, strict=True)) if apart(ours, known.read_bytes()) > MOST
    ] == []


def test_another_page_is_told_apart():
    first, second = (GALLERY / f"employee.zh-Hans.{n}.png" for n in (1, 2))
    assert apart(first.read_bytes(), second.read_bytes()) > 2 * MOST


def test_a_part_that_moved_by_a_row_is_told_apart():
    page = Image.open(GALLERY / "employee.zh-Hans.1.png").convert("RGB")
    moved = page.copy()
    moved.paste(page.crop((0, 400, page.width, 1000)), (0, 424))
    told = io.BytesIO()
    moved.save(told, "PNG")
    assert apart((GALLERY / "employee.zh-Hans.1.png").read_bytes(), told.getvalue()) > MOST
