"""Fallback fonts made small: WeasyPrint keeps an entry for each of 60,000 glyphs of which a name needs one.

An OpenType font with CFF outlines by character id comes in as 110 KB and goes out as the bare CFF of the glyphs that
are used, 1 to 3 KB. Their ids stay what they were, so the text of the pages need not be touched. The house font has
TrueType outlines and is small as it is.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Document

OPENTYPE, BARE = "/OpenType", "/CIDFontType0C"
DROPPED = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx")


def shrunk(document: "Document", pdf: "pydyf.PDF") -> None:
    """Replace the fallback fonts of a document that was drawn and is not written yet."""
    streams = [each for each in pdf.objects if getattr(each, "extra", {}).get("Subtype") == OPENTYPE]
    if not streams:
        return
    fonts = {font.file_content: font for font in document.fonts.values()}
    for stream in streams:
        font = fonts[stream.stream[0]]
        if (small := _subset(font, _used_glyphs(document, font))) is not None:
            stream.stream, stream.extra["Subtype"] = [small], BARE
            _find_by_id(pdf, font.name)


def _find_by_id(pdf: "pydyf.PDF", name: bytes) -> None:
    """A map from ids to glyphs belongs to TrueType alone; with one, readers would not look into the font's own."""
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("BaseFont") == name:
            each.pop("CIDToGIDMap", None)


def _used_glyphs(document: "Document", font: Any) -> list[int]:
    """The glyphs drawn in any of the font's sizes."""
    sizes = (each for each in document.fonts.values() if each.hash == font.hash)
    return sorted({0}.union(*(size.to_unicode for size in sizes)))


def _subset(font: Any, glyphs: list[int]) -> bytes | None:
    """The outlines of these glyphs alone; HarfBuzz keeps their character ids. None: the font does not go by them."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
    from weasyprint.text.fonts import get_hb_object_data

    if not harfbuzz_subset:  # the library is not installed: the font stays as large as it is
        return None
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _add(harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs)
    kind = harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
    tags = sorted(harfbuzz.hb_tag_from_string(tag, -1) for tag in DROPPED)
    _add(harfbuzz_subset.hb_subset_input_set(wanted, kind), tags)
    flags = harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags | harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE)
    face = ffi.gc(harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
    return _outlines_by_id(get_hb_object_data(face))


def _outlines_by_id(content: bytes) -> bytes | None:
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(content), lazy=True) as font:
        by_id = "CFF " in font and hasattr(font["CFF "].cff[0], "ROS")
        return bytes(font.reader["CFF "]) if by_id else None


def _add(numbers: Any, values: list[int]) -> None:
    from weasyprint.text.ffi import ffi, harfbuzz

    harfbuzz.hb_set_add_sorted_array(numbers, ffi.new(f"hb_codepoint_t[{len(values)}]", values), len(values))
