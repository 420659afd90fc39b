"""What goes wrong in a step is told to whoever runs it, and not to Prefect."""

import base64
import json
import pickle
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.runtime_seal import Stopped, sealed, sealed_flow, unsealed
from tests.prefect_rows import all_text, rows
from transforms.errors import Place, SourceError

FAILS = """
import json, sys
from pathlib import Path
from flows import runtime
from flows.runtime_seal import sealed, sealed_flow, unsealed
from flows.settings import load_company
from transforms.errors import Place, SourceError

@sealed
def read(path):
    raise SourceError("'欧阳㛃' is not a number", where=Place(file="orders.csv", row=7), todo="correct the export")

def main(company):
    with runtime.server(company) as server:
        from prefect import flow, task

        task_read = task(read)

        @flow(name="fails", task_runner=runtime.task_runner(company))
        @sealed_flow
        def month_end():
            return task_read.submit("x").result()

        server.wait()
        try:
            with unsealed():
                month_end()
        except SourceError as error:
            print(json.dumps({"told": str(error), "code": error.exit_code, "where": str(error.where)}))

if __name__ == "__main__":
    main(load_company(Path(sys.argv[1])))
"""


@pytest.mark.slow_real
@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_a_failing_run_tells_its_user_and_nobody_else(small_company, kind):
    root = small_company(f"task_runner: {kind}\n")
    script = root / "fails.py"  # a file: a process pool's workers read it again
    script.write_text(FAILS)
    command = [sys.executable, str(script), str(root)]
    env = {"PYTHONPATH": str(Path.cwd()), "PATH": "/usr/bin:/bin", "HOME": str(root)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["code"] == 5
    assert said["where"] == "orders.csv, row 7"
    assert "欧阳㛃" in said["told"]
    assert done.stderr == ""
    database = root / "data" / "prefect" / "prefect.db"
    assert rows(database, "select state_type from flow_run") == [("FAILED",)]
    stored = [path.read_bytes() for path in (root / "data" / "prefect" / "storage").glob("*")]
    texts = [*all_text(database), *(base64.b64decode(raw).decode("utf-8", "replace") for raw in stored)]
    assert any("SourceError, exit code 5" in text for text in texts)
    assert not [text for text in texts if "欧阳㛃" in text or "\\u6b27" in text or "orders.csv" in text]


@given(
    st.text(min_size=1).filter(lambda text: not text.isspace()), st.sampled_from([SourceError, KeyError, ValueError])
)
def test_nothing_of_the_cause_is_told_and_all_of_it_comes_back(secret, kind):
    secret = f"«{secret}»"

    @sealed
    def step() -> None:
        raise kind(secret)

    with pytest.raises(Stopped) as caught:
        step()
    assert secret not in str(caught.value)
    assert caught.value.__suppress_context__
    with pytest.raises(kind) as back, unsealed():
        step()
    assert back.value.args == (secret,)


def test_sealed_twice_is_sealed_once():
    @sealed
    def inner() -> None:
        raise SourceError("x", where=Place(file="f"))

    with pytest.raises(SourceError), unsealed():
        sealed(inner)()


def test_what_a_flow_raises_holds_a_key_and_the_error_comes_back():
    @sealed_flow
    def month_end() -> None:
        sealed(int)("欧阳㛃")

    with pytest.raises(Stopped) as caught:
        month_end()
    assert "欧阳㛃".encode("unicode-escape") not in pickle.dumps(caught.value, protocol=0)
    with pytest.raises(ValueError, match="欧阳㛃"), unsealed():
        month_end()


def test_it_crosses_a_process_border():
    back = pickle.loads(pickle.dumps(Stopped("told", SourceError("x", where=Place(row=3), todo="do"))))  # noqa: S301
    assert (str(back), back.cause.where.row, back.cause.todo) == ("told", 3, "do")


def test_a_step_keeps_its_name_its_words_and_its_result():
    def double(number: int) -> int:
        """Twice."""
        return 2 * number

    assert (sealed(double).__name__, sealed(double).__doc__, sealed(double)(4)) == ("double", "Twice.", 8)


def test_what_the_step_held_is_let_go():
    class Held:
        pass

    seen = []

    @sealed
    def step() -> None:
        held = Held()
        seen.append(weakref.ref(held))
        raise SourceError("x")

    with pytest.raises(Stopped) as caught:
        step()
    assert caught.value.cause is not None
    assert seen[0]() is None
