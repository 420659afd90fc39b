"""Senders that die, two at once, and a disk that is full: nobody gets a report twice, nothing is lost in silence."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from flows.delivery import deliver, now, queue_revision, resolve
from flows.mail.transport import FolderTransport
from flows.warehouse import outbox
from flows.warehouse.ledger import record
from flows.warehouse.ledger_documents import record_documents
from tests.ledger import NOON, company, department, mailed_revision, person, results, revision_input, write_documents
from tests.smtp_server import PASSWORD
from transforms.errors import StorageError

ENVIRONMENT = {"JIXIAO_SMTP_PASSWORD": PASSWORD}
SENDER = """
import json, sys
from pathlib import Path
from flows.delivery import deliver
from flows.warehouse.engine import open_ledger
from tests.ledger import company
url, root, settings = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
report = deliver(open_ledger(url), company(root, **settings))
print(report.sent)
"""


def sender(url, root, settings):
    """A process of its own that drains the outbox."""
    command = [sys.executable, "-c", SENDER, url, str(root), json.dumps(settings)]
    environment = {**os.environ, **ENVIRONMENT}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_in(process, server):
    """SIGKILL once the server has got that far and says nothing."""
    assert server.behaviour.asked.wait(30)
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL


def later(seconds):
    """A clock some seconds ahead: the dead sender's lease is over."""
    return lambda: now() + timedelta(seconds=seconds)


@pytest.mark.parametrize("arrived", [True, False])
def test_a_sender_killed_while_sending_leaves_a_fate_unknown(ledger, ledger_url, tmp_path, smtp_server, arrived):
    found, _, _ = mailed_revision(ledger, tmp_path, **smtp_server.delivery(lease_seconds=60))
    smtp_server.behaviour.data.append("wait")
    kill_in(sender(ledger_url, tmp_path, smtp_server.delivery(lease_seconds=60)), smtp_server)
    smtp_server.behaviour.go_on.set()
    assert outbox.counts(ledger) == {"sending": 1, "claimed": 2}
    early = deliver(ledger, found, environment=ENVIRONMENT)
    assert (early.sent, early.unknown) == (0, 0)
    report = deliver(ledger, found, environment=ENVIRONMENT, clock=later(61))
    assert (report.sent, report.unknown) == (2, 1)
    unknown = outbox.rows(ledger, states=("unknown",))[0]
    resolve(ledger, unknown.message_id, sent=arrived, by="Li Na")
    assert deliver(ledger, found, environment=ENVIRONMENT).sent == (0 if arrived else 1)
    assert outbox.counts(ledger) == {"sent": 3}


def test_a_sender_killed_before_sending_loses_nothing(ledger, ledger_url, tmp_path, smtp_server):
    found, _, _ = mailed_revision(ledger, tmp_path, **smtp_server.delivery(lease_seconds=60))
    smtp_server.behaviour.mail.append("wait")
    kill_in(sender(ledger_url, tmp_path, smtp_server.delivery(lease_seconds=60)), smtp_server)
    smtp_server.behaviour.go_on.set()
    assert outbox.counts(ledger) == {"claimed": 3}
    assert deliver(ledger, found, environment=ENVIRONMENT).sent == 0
    assert deliver(ledger, found, environment=ENVIRONMENT, clock=later(61)).sent == 3
    assert len(smtp_server.taken) == 3


def test_a_sender_into_a_folder_that_died_is_simply_done_again(ledger, tmp_path):
    found, _, _ = mailed_revision(ledger, tmp_path)
    row = outbox.claim(ledger, "dead", NOON, 60, 1)[0]
    outbox.advance(ledger, row, "sending", NOON, by="dead", until=NOON + timedelta(seconds=60), detail="repeatable")
    assert deliver(ledger, found).sent == 3
    assert len(list(found.outbox.glob("*.eml"))) == 3


def test_a_slow_sender_whose_lease_ran_out_still_says_that_it_sent(ledger, tmp_path, smtp_server):
    """Another process had called its message's fate unknown meanwhile; the sender knows better."""
    found, _, _ = mailed_revision(ledger, tmp_path, **smtp_server.delivery())

    behaviour = smtp_server.behaviour
    taken = behaviour.taken.append

    def overtaken(message):
        taken(message)
        for row in outbox.rows(ledger, states=("sending",)):
            outbox.advance(ledger, row, "unknown", NOON, by="another")

    behaviour.taken = _Watched(overtaken)
    assert deliver(ledger, found, environment=ENVIRONMENT).sent == 3
    assert outbox.counts(ledger) == {"sent": 3}


class _Watched(list):
    """A list that tells of what is put in."""

    def __init__(self, told):
        super().__init__()
        self.append = told


def test_two_senders_at_once_send_each_message_once(ledger, ledger_url, tmp_path, smtp_server):
    people = tuple(person(f"E{n}") for n in range(40))
    made = record(ledger, revision_input(results=results(people, (department(managers=("E0",)),))))
    record_documents(ledger, made.id, write_documents(tmp_path, [("employee", p.employee_id) for p in people]), NOON)
    settings = smtp_server.delivery()
    addresses = {p.employee_id: f"{p.employee_id}@example.com" for p in people}
    queue_revision(ledger, company(tmp_path, **settings), made.id, addresses, at=NOON, hold=False)
    processes = [sender(ledger_url, tmp_path, settings) for _ in range(2)]
    said = [process.communicate(timeout=90) for process in processes]
    assert [error for _, error in said] == ["", ""]
    assert sum(int(out) for out, _ in said) == 41
    received = [one.raw.split(b"Message-ID: ")[1].split(b"\r\n")[0] for one in smtp_server.taken]
    assert len(received) == len(set(received)) == 41
    assert outbox.counts(ledger) == {"sent": 41}


def test_a_full_disk_leaves_no_half_message(sqlite_ledger, tmp_path):
    """The kernel refuses to let a file of this process grow past a limit: the same path as a full disk."""
    found, _, _ = mailed_revision(sqlite_ledger, tmp_path)
    found.outbox.mkdir(parents=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        with pytest.raises(StorageError, match=os.strerror(errno.EFBIG)):
            FolderTransport(found.outbox).send(b"x" * 5000, "<a@example.com>", "", "", lambda: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(found.outbox.iterdir()) == []
    assert deliver(sqlite_ledger, found).sent == 3
