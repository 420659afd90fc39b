"""Sending through a real SMTP server with STARTTLS and login, and every way it can say no."""

import email
from email.policy import default

import pytest

from flows.delivery import deliver, resolve
from flows.warehouse import outbox
from tests.ledger import mailed_revision
from tests.smtp_server import ASCII_PASSWORD, PASSWORD, USER, certificates, free_port
from transforms.errors import ConfigError

ENVIRONMENT = {"JIXIAO_SMTP_PASSWORD": PASSWORD}


def queued(engine, root, server, **delivery):
    found, _, report = mailed_revision(engine, root, **server.delivery(**delivery))
    assert report.queued == 3
    return found


def states(engine):
    return outbox.counts(engine)


@pytest.mark.parametrize("password", [PASSWORD, ASCII_PASSWORD])
def test_every_message_goes_encrypted_and_logged_in_to_one_recipient(ledger, tmp_path, smtp_server, password):
    environment = {"JIXIAO_SMTP_PASSWORD": password}
    report = deliver(ledger, queued(ledger, tmp_path, smtp_server), environment=environment)
    assert (report.sent, report.problems) == (3, ())
    assert sorted(one.recipients for one in smtp_server.taken) == [
        ["e1@example.com"],
        ["e1@example.com"],
        ["na@example.com"],
    ]
    assert {(one.sender, one.encrypted, one.user) for one in smtp_server.taken} == {("jixiao@example.com", True, USER)}
    subjects = {email.message_from_bytes(one.raw, policy=default)["Subject"] for one in smtp_server.taken}
    assert subjects == {"示例公司 2026年10月绩效报告", "示例公司 2026年10月客服部绩效报告"}


def test_the_wire_carries_the_bytes_of_the_file(sqlite_ledger, tmp_path, smtp_server):
    found = queued(sqlite_ledger, tmp_path, smtp_server)
    deliver(sqlite_ledger, found, environment=ENVIRONMENT)
    assert all(one.raw.startswith(b"From: jixiao@example.com\r\n") for one in smtp_server.taken)
    assert all(max(map(len, one.raw.split(b"\r\n"))) <= 998 for one in smtp_server.taken)


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_refused_for_now_is_tried_again(ledger, tmp_path, smtp_server, stage):
    found = queued(ledger, tmp_path, smtp_server)
    getattr(smtp_server.behaviour, stage).extend(["451 busy", "452 full"])
    report = deliver(ledger, found, environment=ENVIRONMENT)
    assert (report.sent, len(smtp_server.taken)) == (3, 3)
    assert sorted(row.attempt for row in outbox.rows(ledger)) in ([0, 0, 2], [0, 1, 1])


def test_refused_for_now_too_often_is_failed(ledger, tmp_path, smtp_server):
    found = queued(ledger, tmp_path, smtp_server, attempts=3)
    smtp_server.behaviour.rcpt.extend(["450 later"] * 9)
    report = deliver(ledger, found, environment=ENVIRONMENT)
    assert (report.failed, smtp_server.taken) == (3, [])
    assert {row.detail for row in outbox.rows(ledger)} == {"smtp 450"}


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_refused_for_good_is_failed_at_once_and_the_others_go_on(ledger, tmp_path, smtp_server, stage):
    found = queued(ledger, tmp_path, smtp_server)
    getattr(smtp_server.behaviour, stage).append("550 no such person: e1@example.com")
    report = deliver(ledger, found, environment=ENVIRONMENT)
    assert (report.sent, report.failed) == (2, 1)
    failed = outbox.rows(ledger, states=("failed",))[0]
    assert failed.detail == "smtp 550"
    assert not any("e1@example.com" in problem for problem in report.problems)
    assert resolve(ledger, failed.message_id, sent=False, by="Li Na") == "queued"
    assert deliver(ledger, found, environment=ENVIRONMENT).sent == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_an_answer_lost_after_the_text_waits_for_a_person(ledger, tmp_path, smtp_server, arrived):
    found = queued(ledger, tmp_path, smtp_server)
    smtp_server.behaviour.data.append("drop")
    smtp_server.behaviour.keep_dropped = arrived
    report = deliver(ledger, found, environment=ENVIRONMENT)
    assert (report.sent, report.unknown) == (2, 1)
    unknown = outbox.rows(ledger, states=("unknown",))[0]
    assert deliver(ledger, found, environment=ENVIRONMENT).sent == 0
    resolve(ledger, unknown.message_id, sent=arrived, by="Li Na")
    assert deliver(ledger, found, environment=ENVIRONMENT).sent == (0 if arrived else 1)
    assert len(smtp_server.taken) == 3
    assert states(ledger) == {"sent": 3}


def test_a_connection_lost_before_the_text_is_tried_again(ledger, tmp_path, smtp_server):
    found = queued(ledger, tmp_path, smtp_server)
    smtp_server.behaviour.mail.append("drop")
    smtp_server.behaviour.rcpt.append("drop")
    report = deliver(ledger, found, environment=ENVIRONMENT)
    assert (report.sent, report.unknown, len(smtp_server.taken)) == (3, 0, 3)


def test_a_server_that_is_away_leaves_everything_queued(ledger, tmp_path, smtp_server):
    found = queued(ledger, tmp_path, smtp_server, port=free_port(), attempts=2)
    report = deliver(ledger, found, environment=ENVIRONMENT)
    assert (report.sent, report.failed, report.waiting) == (0, 0, 3)
    assert "does not answer" in report.problems[0]
    assert {row.attempt for row in outbox.rows(ledger)} == {0}


@pytest.mark.parametrize(("change", "environment", "said"), [
    ({}, {}, "JIXIAO_SMTP_PASSWORD"),
    ({}, {"JIXIAO_SMTP_PASSWORD": "wrong"}, "does not accept name and password"),
    ({}, {"JIXIAO_SMTP_PASSWORD": "错误 wrong"}, "does not accept name and password"),
    ({"ca_file": ""}, ENVIRONMENT, "certificate cannot be trusted"),
    ({"ca_file": "missing.pem"}, ENVIRONMENT, "ca_file"),
    ({"starttls": False}, ENVIRONMENT, "only sent over an encrypted line"),
])  # fmt: skip
def test_what_is_configured_wrongly_stops_the_drain_and_nothing_is_lost(
    sqlite_ledger, tmp_path, smtp_server, change, environment, said
):
    found = queued(sqlite_ledger, tmp_path, smtp_server, **change)
    with pytest.raises(ConfigError, match=said) as refused:
        deliver(sqlite_ledger, found, environment=environment)
    assert "wrong" not in str(refused.value)
    assert states(sqlite_ledger) == {"queued": 3}
    assert smtp_server.taken == []


def test_a_certificate_of_another_host_is_refused(sqlite_ledger, tmp_path, smtp_server):
    found = queued(sqlite_ledger, tmp_path, smtp_server, host="localhost")
    with pytest.raises(ConfigError, match="certificate cannot be trusted"):
        deliver(sqlite_ledger, found, environment=ENVIRONMENT)


def test_a_certificate_of_another_authority_is_refused(sqlite_ledger, tmp_path, smtp_server):
    other, _ = certificates(tmp_path / "other")
    found = queued(sqlite_ledger, tmp_path, smtp_server, ca_file=str(other))
    with pytest.raises(ConfigError, match="certificate cannot be trusted"):
        deliver(sqlite_ledger, found, environment=ENVIRONMENT)


def test_a_server_without_starttls_gets_nothing(sqlite_ledger, tmp_path, plain_smtp_server):
    found = queued(sqlite_ledger, tmp_path, plain_smtp_server, ca_file="")
    with pytest.raises(ConfigError, match="STARTTLS"):
        deliver(sqlite_ledger, found, environment=ENVIRONMENT)
    assert plain_smtp_server.taken == []


def test_a_plain_server_is_used_when_the_settings_say_so(sqlite_ledger, tmp_path, plain_smtp_server):
    found = queued(sqlite_ledger, tmp_path, plain_smtp_server, ca_file="", username="", starttls=False)
    assert deliver(sqlite_ledger, found, environment={}).sent == 3
