"""A report is made of what others typed: it stays text, and nothing is fetched for it."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.rendering.environment import environment
from flows.rendering.html import screen_page
from flows.rendering.pdf import house_fetcher, pdf
from flows.rendering.texts import clean
from tests.rendered import paper_of, sample, text_of

SPELLS = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in [] %}",
    "<img src=x onerror=alert(1)>",
    "</style></title><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "&lt;b&gt;&#x27;",
)


@pytest.fixture
def listener():
    """A web server that remembers who asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def named(name):
    report = sample("employee", "E2002")
    return report.model_copy(update={"name": name, "post": name})


@pytest.mark.parametrize("spell", SPELLS)
def test_markup_in_a_name_stays_text(spell, tmp_path):
    body = screen_page(named(spell), "zh-Hans").split("</style>")[-1]
    for tag in ("<script", "<img", "<svg/", "<b>", "onmouseover='"):
        assert tag not in body
    assert "49" not in body.split("<h1>")[1].split("</h1>")[0]
    assert spell in text_of(paper_of(named(spell), "en"), tmp_path)


def test_no_address_in_a_name_is_visited(listener, tmp_path):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    for name in (
        f"<img src={address}/a>",
        f'<link rel=stylesheet href="{address}/b">',
        f"<embed src={secret.as_uri()}>",
    ):
        paper = paper_of(named(name), "zh-Hans")
        assert "TOPSECRET" not in text_of(paper, tmp_path)
    assert asked == []


def test_the_fetcher_refuses_even_if_markup_got_through(listener, tmp_path):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    css = f'@import url("{address}/css"); body {{ background: url("{address}/bg") }}'
    page = (
        f'<html lang="en"><head><title>t</title><style>{css}</style><link rel="attachment" href="{secret.as_uri()}"/>'
        f'</head><body><img src="{address}/img"/><object data="{secret.as_uri()}"></object>'
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/svg"/></svg><p>fine</p></body></html>'
    )
    paper = pdf(page, "employee")
    assert asked == []
    assert b"EmbeddedFile" not in paper
    assert "fine" in text_of(paper, tmp_path)


@pytest.mark.parametrize("url", ["http://localhost/", "file:///etc/passwd", "ftp://x/", "gopher://x", "x"])
def test_the_fetcher_names_no_address_it_refuses(url):
    with pytest.raises(ValueError, match="nothing but its own fonts") as refused:
        house_fetcher().fetch(url)
    assert url not in str(refused.value)


def test_the_html_forbids_itself_to_load_anything():
    page = screen_page(sample("employee", "E2002"), "zh-Hans")
    assert "default-src 'none'" in page
    page = page.replace('xmlns="http://www.w3.org/2000/svg"', "")  # the name of a vocabulary, not an address
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_control_characters_and_reversed_text_are_cleaned():
    assert clean("张\x00三\u202e四\r\n五\x1b[31m") == "张 三 四 五 [31m"
    page = screen_page(named("a\x00b\u202ec\u2028d"), "zh-Hans")
    assert not set("\x00\u202e\u2028") & set(page)


def test_undefined_values_are_errors_and_templates_cannot_reach_python():
    from jinja2.exceptions import SecurityError, UndefinedError

    env = environment("zh-Hans", "CNY")
    with pytest.raises(UndefinedError):
        env.from_string("{{ nobody }}").render()
    with pytest.raises(SecurityError):
        env.from_string("{{ ''.__class__.__mro__[1].__subclasses__() }}").render()


def test_markup_that_was_not_escaped_would_not_become_a_page():
    from xml.etree.ElementTree import ParseError

    with pytest.raises(ParseError):
        pdf("<html><body><p>Tom <b>and Jerry</p></body></html>", "employee")
