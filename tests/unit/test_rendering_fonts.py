"""Every character renders, or a finding says which does not."""

from fontTools.ttLib import TTFont

from flows.rendering.fonts import HOUSE, fallback_points, house_points, missing, missing_glyphs
from flows.rendering.house_font import wanted
from tests.sample_results import RARE


def test_the_house_font_has_what_its_build_script_asks_for_but_for_a_known_few():
    ideographs = {code for code in wanted() if 0x4E00 <= code <= 0x9FFF}
    assert len(ideographs) > 8500
    assert ideographs <= house_points()


def test_both_weights_are_static_truetype_with_tabular_figures_and_no_hinting():
    for path in HOUSE:
        font = TTFont(path)
        assert font.sfntVersion == "\0\1\0\0"
        assert not {"fvar", "fpgm", "prep", "cvt "} & set(font.keys())
        assert len({font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}) == 1
        assert font["name"].getDebugName(1) == "Jixiao Sans"


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (HOUSE[0].parent / "OFL.txt").read_text().upper()


def test_rare_name_characters_are_in_the_house_font_or_in_a_fallback():
    assert missing(RARE) == {}
    assert ord("𠮷") in fallback_points()


def test_a_character_no_font_has_is_found_by_its_code_point_only():
    unknown = chr(0x12000)  # a cuneiform sign
    (finding,) = missing_glyphs(f"张{unknown}{unknown}", "E1")
    assert (finding.check, finding.rows, finding.sample_keys) == ("documents.missing_glyph", 2, ("U+12000",))
    assert finding.employee_ids == ("E1",)
    assert "张" not in finding.model_dump_json()
    assert unknown not in finding.model_dump_json()


def test_spaces_joiners_and_variation_selectors_need_no_glyph():
    assert missing("a\u3000b\u200d\ufe0f\U000e0100") == {}
