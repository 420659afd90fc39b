"""Every word of a report exists in every language."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from flows.rendering.languages import CATALOGUES, TEMPLATES, translations

MAPPING = [("report_templates/**.j2", "jinja2"), ("flows/rendering/formats.py", "python")]
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@cache
def wanted():
    root = Path(TEMPLATES).parent
    options = {"report_templates/**.j2": {"extensions": "jinja2.ext.i18n"}}
    return {
        m[2]
        for m in extract_from_dir(root, MAPPING, options, directory_filter=lambda d: not Path(d).name.startswith("."))
    }


def catalogue(locale):
    with (CATALOGUES / f"{locale}.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_no_message_lacks_a_translation(locale):
    known = {message.id: message for message in catalogue(locale)}
    ids = wanted()
    assert len(ids) > 100
    assert sorted(str(i) for i in ids if i not in known or not known[i].string or known[i].fuzzy) == []


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_no_translation_is_left_over(locale):
    assert sorted(str(m.id) for m in catalogue(locale) if m.id and m.id not in wanted()) == []


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_placeholders_survive_translation(locale):
    for message in catalogue(locale):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(ids[-1])), ids


def test_the_three_languages_differ_where_they_should():
    spoken = [translations(locale).gettext("Grades") for locale in ("zh-Hans", "zh-Hant", "en")]
    assert spoken == ["等级", "等級", "Grades"]


def test_traditional_text_has_no_simplified_characters_of_the_commonest():
    text = "".join(str(message.string) for message in catalogue("zh-Hant"))
    assert not set("级绩评标数权计户销订单评论应员报时间") & set(text)
