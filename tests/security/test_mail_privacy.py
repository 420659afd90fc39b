"""What a name, an id or an address can do to mail: nothing. And what mail leaves behind in logs: nothing."""

import email
import logging
import stat
from email.policy import default
from html.parser import HTMLParser

import pytest

from flows.delivery import deliver, queue_revision
from flows.mail.address import checked_address, checked_words
from flows.mail.message import build
from flows.mail.rights import readable
from flows.warehouse import outbox
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import record
from flows.warehouse.ledger_documents import record_documents
from flows.warehouse.ledger_upgrade import upgrade
from tests.ledger import (
    NOON,
    company,
    department,
    letter,
    mailed_revision,
    person,
    results,
    revision_input,
    write_documents,
)
from tests.smtp_server import PASSWORD
from transforms.errors import DeliveryError

HOSTILE = ["<script>alert(1)</script>", "{{ 7 * 7 }}", "{% include 'x' %}", "</p><img src=http://evil.test/x>", '"><b>']


class _Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.text = set(), ""

    def handle_starttag(self, tag, _attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def bodies(made):
    raw = build(made, {a.file_name: b"pdf" for a in made.attachments}, 10**7)
    message = email.message_from_bytes(raw, policy=default)
    return [message.get_body([kind]).get_content() for kind in ("plain", "html")]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_a_name_is_only_ever_text(name, locale):
    made = letter(recipient_name=name, locale=locale)
    titled = made.attachments[0].model_copy(update={"title": name})
    text, html = bodies(made.model_copy(update={"attachments": (titled,)}))
    page = _Tags()
    page.feed(html)
    assert page.tags == {
        "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "h1", "h2", "p", "ul", "li",
    }  # fmt: skip
    assert page.text.count(name) == 2
    assert " ".join(text.split()).count(name) == 2
    assert "49" not in page.text


@pytest.mark.parametrize(
    "employee_id", ["../../etc/passwd", "张三", "a/b", "C:\\x", "NA", "x" * 300, "a b\r\nX: y", ""]
)
def test_an_id_never_becomes_a_path(sqlite_ledger, tmp_path, employee_id):
    made = record(sqlite_ledger, revision_input(results=results((person(employee_id),), (department(managers=()),))))
    record_documents(sqlite_ledger, made.id, write_documents(tmp_path, [("employee", employee_id)]), NOON)
    found = company(tmp_path)
    queue_revision(sqlite_ledger, found, made.id, {employee_id: "who@example.com"}, at=NOON, hold=False)
    assert deliver(sqlite_ledger, found).sent == 1
    (file,) = found.outbox.iterdir()
    assert file.name.endswith("@example.com.eml")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename().isascii()
    assert not set(attachment.get_filename()) & set('/\\\r\n ":')


@pytest.mark.parametrize("address", [
    "a@b", "a.b+c@x-y.example.com", "王@example.com", "a@例子.公司", "a@-x.com", ".a@x.com", "a..b@x.com", "a b@x.com",
    "<a@x.com>", "a@x.com, b@y.com", "a@x.com\n", "a@x.com\nBcc: b@y.com", "a@[127.0.0.1]", '"a"@x.com', "@x.com", "a@",
    "=?utf-8?q?a?=@x.com", "a" * 65 + "@x.com", "a@" + "x" * 64 + ".com", "a@" + "x." * 130 + "com",
])  # fmt: skip
def test_addresses_are_plain_or_refused_without_being_told(address):
    good = {
        "a@b": "a@b",
        "a.b+c@x-y.example.com": "a.b+c@x-y.example.com",
        "a@例子.公司": "a@xn--fsqu00a.xn--55qx5d",
        "a@x.com\n": "a@x.com",
    }
    if address in good:
        assert checked_address(address) == good[address]
        return
    with pytest.raises(DeliveryError) as refused:
        checked_address(address)
    assert address not in str(refused.value)


@pytest.mark.parametrize(
    "words", ["a\rb", "a\nb", "a\x00b", "a\x85b", "a\u2028b", "a\u202eb", "=?utf-8?b?YQ==?=", "\ud800"]
)
def test_words_that_break_headers_are_refused(words):
    with pytest.raises(DeliveryError, match="may not stand in a mail"):
        checked_words(words, "name")


def test_rare_characters_of_names_are_welcome():
    for name in ("䶮㛃𠮷堃喆犇嫪翀", "\U00031350", "\ue863", "O'Neil", "Ñandú"):
        assert checked_words(name, "name") == name


def test_nobody_reads_more_than_the_own_report_and_those_of_own_people():
    people = (
        person("E1"),
        person("E2"),
        person("E3", department_id="operations"),
        person("E4", department_id="operations"),
    )
    found = results(people, (department(managers=("E1",)), department("operations", ("E4",), ("E2", "E3", "E4"))))
    assert readable(found, "E2") == {("employee", "E2")}
    assert readable(found, "E1") == {("employee", "E1"), ("employee", "E2"), ("department", "customer_service")}
    assert readable(found, "E4") == {("employee", "E3"), ("employee", "E4"), ("department", "operations")}
    assert readable(found, "stranger") == frozenset()


def test_logs_and_events_hold_no_address_and_no_name(ledger_url, tmp_path, smtp_server, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="sqlalchemy")
    ledger = open_ledger(ledger_url)
    upgrade(ledger)
    found, _, _ = mailed_revision(ledger, tmp_path, **smtp_server.delivery(attempts=1))
    smtp_server.behaviour.rcpt.extend(["550 <e1@example.com> 李喆 unknown", "451 <na@example.com> later"])
    report = deliver(ledger, found, environment={"JIXIAO_SMTP_PASSWORD": PASSWORD})
    assert (report.sent, report.failed) == (1, 2)
    own = [record for record in caplog.records if not record.name.startswith(("mail.", "asyncio"))]
    said = " ".join(record.getMessage() for record in own) + " ".join(report.problems)
    said += " ".join(row.detail + row.by for row in outbox.rows(ledger))
    ledger.dispose()
    assert not any(word in said for word in ("e1@example.com", "na@example.com", "李喆", PASSWORD))
