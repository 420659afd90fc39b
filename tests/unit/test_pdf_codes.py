"""The code of a document: from its content and back to it, mistakes seen, read from the page by a real scanner."""

from hashlib import sha256
from io import BytesIO
from subprocess import run

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from flows.rendering.codes import ALPHABET, bare, code_of, means, qr, start_of, typed
from tests.rendered import paper_of, sample, text_of
from transforms.errors import RuleError

CONTENT = sha256(b"a report").hexdigest()
contents = st.binary(max_size=8).map(lambda raw: sha256(raw).hexdigest())


def test_a_code_is_twelve_characters_in_groups_of_four():
    assert code_of("0" * 64) == "2222-2222-2222"
    assert code_of("f" * 64) == "ZZZZ-ZZZZ-ZZZM"
    assert [len(group) for group in code_of(CONTENT).split("-")] == [4, 4, 4]
    assert not set("01OI") & set(ALPHABET)


@given(contents)
def test_however_it_is_typed_it_is_the_same_code(content):
    code = code_of(content)
    assert typed(code) == typed(f"  {code.lower().replace('-', ' ')} ") == typed(bare(code)) == code
    assert typed(code.replace("-", "\u2013")) == code  # an editor makes a dash of a hyphen


@given(contents)
def test_a_code_tells_the_start_of_the_hash(content):
    start = start_of(code_of(content))
    assert len(start) == 13
    assert content.startswith(start)


@given(contents, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen(content, place, other):
    plain = bare(code_of(content))
    wrong = plain[:place] + other + plain[place + 1 :]
    if wrong == plain:
        assert typed(wrong)
    else:
        with pytest.raises(RuleError, match="is mistyped"):
            typed(wrong)


@given(contents, st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]))
def test_two_that_changed_places_are_always_seen(content, pair):
    characters = list(bare(code_of(content)))
    first, second = pair
    characters[first], characters[second] = characters[second], characters[first]
    if characters[first] != characters[second]:
        with pytest.raises(RuleError, match="is mistyped"):
            typed("".join(characters))


@pytest.mark.parametrize(
    ("text", "says"),
    [("K7Q4-9XMT", "it has 8 characters, not 12"), ("K7Q4-9XMT-2B80", "0 is never in one"), ("", "it has 0"),
     ("工号-1003-2026", "0, 1, 号, 工 is never in one")],
)  # fmt: skip
def test_what_can_be_no_code_is_told_apart(text, says):
    with pytest.raises(RuleError, match=says):
        typed(text)


def test_the_beginning_of_a_hash_from_older_paper_still_names_its_content():
    code = code_of(CONTENT)
    assert means(CONTENT[:12].upper(), CONTENT)
    assert means(code.lower(), CONTENT)
    assert means(code[:7], CONTENT)
    assert means("", CONTENT), "nothing said means any"
    assert not means(code_of(sha256(b"another").hexdigest()), CONTENT)


def scanned(paper, folder):
    """What a scanner reads on the last page, drawn as grey pixels of 150 dpi."""
    source = folder / "page.pdf"
    source.write_bytes(paper)
    run(["pdftoppm", "-r", "150", "-gray", "-png", str(source), str(folder / "page")], check=True)
    last = max(folder.glob("page-*.png"))
    return [(each.text, each) for each in zxingcpp.read_barcodes(Image.open(BytesIO(last.read_bytes())))]


@pytest.mark.parametrize(("kind", "subject"), [("employee", "E1002"), ("company", "")])
def test_a_scanner_reads_the_code_on_the_page(kind, subject, tmp_path):
    report, code = sample(kind, subject), code_of(CONTENT)
    paper = paper_of(report, "zh-Hans", code)
    ((text, found),) = scanned(paper, tmp_path)
    assert text == f"JIXIAO 2026-10 r2 {kind} {report.subject_id} {code}"
    assert (found.format, found.ec_level) == (zxingcpp.BarcodeFormat.QRCode, "M")
    side_mm = (found.position.top_right.x - found.position.top_left.x) / 150 * 25.4
    assert side_mm >= 18
    assert code in text_of(paper, tmp_path)


def test_a_code_is_drawn_dark_on_light_with_four_modules_of_quiet():
    drawn = str(qr("JIXIAO", 'says "JIXIAO"'))
    assert 'aria-label="says &#34;JIXIAO&#34;"' in drawn
    assert 'viewBox="0 0 29 29"' in drawn, "21 modules and 4 on each side"
    assert "M4 4.5h7" in drawn
