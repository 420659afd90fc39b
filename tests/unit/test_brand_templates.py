"""A company's own templates: they go before ours, and a broken one stops a run before anything is scored."""

import pytest
from typer.testing import CliRunner

from flows.brand.sample import sample_letters
from flows.brand.trial import require_look
from flows.cli.app import app
from flows.mail.words import text_of
from flows.rendering.html import paper_page, paper_styles, screen_page
from flows.rendering.languages import TEMPLATES
from flows.rendering.look import PLAIN
from flows.settings import load_company
from flows.steps import read_configuration
from tests.rendered import sample
from tests.tiny_company import build
from transforms.errors import ConfigError

OURS = '{% extends "jixiao/employee.html.j2" %}\n'


@pytest.fixture
def root(tmp_path):
    return build(tmp_path / "company", agents=("E1",))


def own(root, **files):
    for name, text in files.items():
        path = root / "config" / "templates" / {"css": "extra.css"}.get(name, f"{name}.html.j2")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return load_company(root)


def test_one_block_of_a_page_is_changed_and_the_rest_stays(root):
    look = require_look(own(root, employee=OURS + "{% block kind %}Our scorecard{% endblock %}"))
    page, ours = (paper_page(sample("employee", "E2002"), "en", look=one) for one in (look, PLAIN))
    assert page == ours.replace("Performance report", "Our scorecard")
    assert screen_page(sample("company"), "en", look=look) == screen_page(sample("company"), "en")


def test_own_styles_go_after_ours_on_screen_and_paper(root):
    look = require_look(own(root, css="h1 { color: var(--soft) }"))
    assert paper_styles("employee", look).rstrip().endswith("h1 { color: #5d6875 }")
    assert "h1 { color: var(--soft) }" in screen_page(sample("employee", "E2002"), "en", look=look)


def test_a_part_of_all_reports_can_be_ones_own(root):
    look = require_look(own(root, foot="{{ report.head.company|title }}: confidential, {{ code }}"))
    assert "Yunfan E-commerce Ltd: confidential, c0de" in paper_page(sample("company"), "en", "c0de", look)


BROKEN = {
    "no end": ({"employee": OURS + "{% block kind %}"}, "employee.html.j2, line 2", "cannot be read"),
    "an unknown filter": ({"foot": "\n{{ code|mony }}"}, "foot.html.j2, line 2", "mony"),
    "an unknown name": ({"foot": "{{ code }}\n{{ reprt }}"}, "foot.html.j2, line 2", "nobody knows the name 'reprt'"),
    "a name in a branch that no sample takes": ({"foot": "{% if code == 'x' %}{{ y }}{% endif %}"}, "line 1", "'y'"),
    "an unknown field": ({"foot": "\n\n{{ report.scor }}"}, "foot.html.j2, line 3", "has no attribute 'scor'"),
    "itself": ({"foot": "{% include 'foot.html.j2' %}"}, "foot.html.j2, line 1", "ours is 'jixiao/foot.html.j2'"),
    "nowhere": ({"foot": "{% include 'foo.html.j2' %}"}, "foot.html.j2, line 1", "there is no template 'foo.html.j2'"),
    "a computed name": ({"foot": "{% include code %}"}, "foot.html.j2, line 1", "named by an expression"),
    "a name of none of ours": ({"employe": ""}, "employe.html.j2", "did you mean employee.html.j2"),
    "unescaped": ({"foot": "{{ report.head.company|title|safe }}"}, "foot.html.j2, line 1", "'safe' is not allowed"),
    "escaping off": ({"foot": "{% autoescape false %}{% endautoescape %}"}, "line 1", "cannot be switched off"),
    "the sandbox": ({"foot": "{{ report.__class__.__mro__ }}"}, "foot.html.j2, line 1", "unsafe"),
    "an open tag": ({"foot": "<br>"}, "html.j2", "not well-formed"),
    "no policy": ({"base": (TEMPLATES / "base.html.j2").read_text("utf-8").replace("default-src 'none'", "default-src *")}, "base.html.j2", "load things from elsewhere"),
    "no colour": ({"css": "p { color: var(--ik) }"}, "extra.css, line 1", "no colour --ik"),
    "no style": ({"css": "p { color: var(--ink) }\n}"}, "extra.css, line 2", "cannot be read"),
    "no declaration": ({"css": "p {\n color var(--ink) }"}, "extra.css, line 2", "cannot be read"),
    "the end of styles": ({"css": "p {}\n</style>"}, "extra.css, line 2", "may not hold '<'"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_template_stops_a_run_before_it_does_anything(root, what):
    files, where, told = BROKEN[what]
    with pytest.raises(ConfigError) as stopped:
        read_configuration(own(root, **files))
    assert where in str(stopped.value.where)
    assert told in str(stopped.value)
    assert not (root / "data" / "ledger.sqlite").exists()


def test_config_check_names_own_templates_and_tells_mistakes(root):
    own(root, employee=OURS)
    asked = ["config", "check", "--company", str(root)]
    assert "employee.html.j2" in CliRunner().invoke(app, asked).output
    own(root, employee=OURS + "{{ nobody }}")
    assert isinstance(CliRunner().invoke(app, asked).exception, ConfigError)


def test_a_file_that_is_not_utf8_is_told_with_its_line(root):
    own(root, foot="")
    (root / "config" / "templates" / "foot.html.j2").write_bytes(b"a\n\xb9\xab")
    with pytest.raises(ConfigError, match=r"foot\.html\.j2, line 2: the file is not UTF-8"):
        require_look(load_company(root))


LETTER = '{% extends "jixiao/mail/own.html.j2" %}\n{% block said %}\n{{ SAYS }}{% endblock %}'


def test_a_letter_can_be_ones_own_and_a_broken_one_stops_a_run(root):
    (root / "config" / "templates" / "mail").mkdir(parents=True)
    company = own(root, **{"mail/own": LETTER.replace("SAYS", "company")})
    assert "Tiny shop" in text_of(sample_letters(company)[0], require_look(company))
    with pytest.raises(ConfigError, match=r"config/templates/mail/own\.html\.j2, line 3: .*nobody"):
        require_look(own(root, **{"mail/own": LETTER.replace("SAYS", "company.nobody")}))
