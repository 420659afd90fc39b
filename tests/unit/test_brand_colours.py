"""A company's accent: readable on paper and in the dark, in styles and drawings alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.company import Brand
from flows.rendering.html import paper_page, paper_styles, screen_page
from flows.rendering.look import Look
from flows.rendering.palette import DARK, LIGHT, contrast, dark, drawn, light, mixed, readable_on_white
from tests.rendered import sample

WINE = "#8a1c3b"
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_contrast_is_wcags():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54  # the grey that just passes
    assert contrast(WINE, WINE) == 1


@given(colours, colours)
def test_contrast_knows_no_order(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@given(colours)
def test_an_accent_is_readable_on_white_and_its_dark_form_on_the_dark_page(colour):
    try:
        accent = readable_on_white(colour)
    except ValueError:
        assert contrast(colour, "#ffffff") < 4.5
    else:
        assert contrast(accent, LIGHT["page"]) >= 4.5
        assert contrast(dark(accent)["accent"], DARK["page"]) >= 4.5


def test_a_pale_accent_is_refused_with_its_contrast_and_one_that_would_do():
    with pytest.raises(ValidationError, match=r"contrast is 2\.1:1, 4\.5:1 is needed") as refused:
        Brand(accent="#ff9900")
    offered = re.search(r"(#[0-9a-f]{6}) would do", str(refused.value))[1]
    assert Brand(accent=offered).accent == offered


@pytest.mark.parametrize("word", ["red", "#12345", "23506e", "#23506e; }"])
def test_what_is_no_colour_is_refused(word):
    with pytest.raises(ValidationError, match="is not a colour"):
        Brand(accent=word)


def test_no_accent_is_the_house_and_its_tints_are_what_the_rule_gives():
    assert (light(), dark()) == (LIGHT, DARK)
    ours = light(LIGHT["accent"])
    for name in ("accent-2", "pale", "paler"):
        apart = [abs(int(ours[name][n : n + 2], 16) - int(LIGHT[name][n : n + 2], 16)) for n in (1, 3, 5)]
        assert max(apart) <= 10, name


def test_mixing_goes_from_one_colour_to_the_other():
    assert [mixed("#000000", "#ffffff", share) for share in (0, 50, 100)] == ["#000000", "#808080", "#ffffff"]


def test_drawings_and_styles_hold_the_companys_accent_and_nothing_of_ours():
    look = Look(accent=WINE)
    page = paper_page(sample("employee", "E2002"), "en", look=look)
    house = {LIGHT[name] for name in ("accent", "accent-2", "pale", "paler")}
    assert f'fill="{WINE}"' in page
    assert not {colour for colour in house if colour in page or colour in paper_styles("employee", look)}
    assert f"--accent: {WINE};" in screen_page(sample("employee", "E2002"), "en", look=look)


def test_words_of_a_report_are_no_drawing():
    assert drawn('<p>fill=#23506e</p><rect fill="#23506e"/>', WINE) == f'<p>fill=#23506e</p><rect fill="{WINE}"/>'
