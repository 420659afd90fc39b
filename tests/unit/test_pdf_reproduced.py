"""The same report gives the same bytes: in another process, time zone, language, home folder and hash seed."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest

from flows.rendering.codes import code_of
from tests.rendered import paper_of, sample

CODE = code_of("5" * 64)
MAKE = (
    "from hashlib import sha256; from tests.rendered import paper_of, sample;"
    f"print(sha256(paper_of(sample('employee', 'E1002'), 'zh-Hans', '{CODE}')).hexdigest())"
)


@pytest.fixture(scope="module")
def here():
    return sha256(paper_of(sample("employee", "E1002"), "zh-Hans", CODE)).hexdigest()


@pytest.mark.parametrize(
    "surroundings",
    [{"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "7"}, {"LC_ALL": "de_DE.UTF-8", "LANG": "C", "HOME": "elsewhere"}],
)
def test_other_surroundings_change_no_byte(surroundings, here, tmp_path):
    home = {"HOME": str(tmp_path)} if "HOME" in surroundings else {}
    done = subprocess.run(
        [sys.executable, "-c", MAKE], env=os.environ | surroundings | home, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == here


def test_another_code_changes_the_bytes(here):
    """The test above would also pass if nothing of the page were drawn."""
    assert sha256(paper_of(sample("employee", "E1002"), "zh-Hans", code_of("6" * 64))).hexdigest() != here
