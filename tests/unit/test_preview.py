"""`jixiao preview`, in a real browser: what is saved is seen; who does not know the address sees nothing."""

import http.client
import os
import re
import signal
import subprocess
import sys
from threading import Thread
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from flows.preview.server import Preview, watched
from flows.preview.shown import Shown, made_up, recorded
from flows.settings import load_company
from tests.tiny_company import build, edit
from transforms.errors import NotFoundError

SOON, LATER = 5_000, 30_000  # milliseconds: what a person who saves and looks up expects; what a busy machine takes
OWN = '{% extends "jixiao/employee.html.j2" %}\n{% block kind %}WORD{% endblock %}\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return build(tmp_path_factory.mktemp("preview") / "company")


@pytest.fixture(scope="module")
def preview(root):
    server = Preview(Shown(root, made_up("employee")), "made up", with_pdf=False)
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    serving.start()
    with watched(server, load_company(root)):
        yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(preview):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        shown = chromium.new_page()
        said = []
        shown.on("console", lambda message: said.append(message.text))
        shown.goto(preview.address)
        expect(shown.frame_locator("iframe").locator("h1")).to_have_text("示例甲")
        yield shown
        chromium.close()
    assert said == []


def own(root, text):
    path = root / "config" / "templates" / "employee.html.j2"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_template_of_the_company_is_seen_within_five_seconds_of_being_saved(root, page):
    own(root, OWN.replace("WORD", "Our own scorecard"))
    expect(page.frame_locator("iframe").locator(".kind")).to_contain_text("Our own scorecard", timeout=SOON)


def test_a_broken_template_is_told_with_file_and_line_and_comes_back(root, page):
    own(root, OWN.replace("WORD", "\n{{ report.nobody }}"))
    shown = page.frame_locator("iframe")
    expect(shown.locator("code")).to_have_text("config/templates/employee.html.j2, line 3", timeout=LATER)
    expect(shown.locator("strong")).to_contain_text("nobody")
    own(root, OWN.replace("WORD", "Mended"))
    expect(shown.locator(".kind")).to_contain_text("Mended", timeout=LATER)


def test_a_setting_is_seen(root, page):
    edit(root / "config" / "company.yaml", "en: Tiny shop", "en: Renamed shop")
    expect(page.frame_locator("iframe").locator(".company")).to_have_text("Renamed shop", timeout=LATER)
    edit(root / "config" / "company.yaml", "Renamed shop", "Tiny shop")


def asked(preview, path, method="GET", host=None):
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=60)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{preview.server_port}"})
    answer = connection.getresponse()
    return answer.status, answer.read(), dict(answer.getheaders())


def test_only_who_knows_the_path_is_answered(preview):
    assert [asked(preview, path)[0] for path in ("/", "/html", "/x/html", f"{preview.path}../html")] == [404] * 4
    assert asked(preview, f"{preview.path}html")[0] == 200


def test_another_host_is_not_answered_though_its_name_leads_here(preview):
    status, said, _ = asked(preview, f"{preview.path}html", host=f"evil.example:{preview.server_port}")
    assert (status, b"<h1" in said) == (421, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_nothing_but_reading(preview, method):
    assert asked(preview, f"{preview.path}html", method)[0] == 501


def test_nothing_is_kept_by_the_browser_and_the_report_has_no_script(preview):
    _, page, headers = asked(preview, f"{preview.path}html")
    assert (headers["Cache-Control"], b"<script" in page) == ("no-store", False)
    assert asked(preview, f"{preview.path}pdf")[1].startswith(b"%PDF-")


def test_it_listens_on_the_loopback_address_only(preview):
    assert preview.server_address[0] == "127.0.0.1"
    assert urlsplit(preview.address).hostname == "127.0.0.1"


def test_a_period_that_was_never_run_is_told(root):
    with pytest.raises(NotFoundError, match="was never run"):
        recorded(load_company(root), "2026-10", "E1", None)


def test_the_command_prints_its_address_and_stops_at_ctrl_c(root):
    command = [sys.executable, "-c", "from flows.cli import main; main()", "preview", "--sample", "-C", str(root)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert re.search(r"http://127\.0\.0\.1:\d+/\S{20,}/", started.stdout.readline())
    begun = monotonic()
    started.send_signal(signal.SIGINT)
    rest, _ = started.communicate(timeout=60)
    assert (started.returncode, rest.splitlines()[-1]) == (0, "preview stopped")
    assert monotonic() - begun < 10
