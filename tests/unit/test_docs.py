"""Documentation that cannot drift: commands, exit codes, make targets and reference pages."""

import re
from pathlib import Path

import pytest
import typer.main

from flows import reference
from flows.cli.app import app
from transforms import errors

ROOT = Path(__file__).resolve().parents[2]
DOCS = "\n".join(path.read_text("utf-8") for path in (ROOT / "README.md", ROOT / "docs" / "runbook.md"))


def commands() -> list[str]:
    top = typer.main.get_command(app)
    found = []
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {each}" for each in inner] if inner else [name]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_is_told_of(command: str) -> None:
    assert f"jixiao {command}" in DOCS


def test_every_exit_code_is_told_of() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE)}
    classes = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.JixiaoError)
    ]
    assert {each.exit_code for each in classes} <= told


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", DOCS, re.MULTILINE))
    assert named <= targets


def test_reference_pages_are_in_step_with_the_code() -> None:
    assert reference.behind() == ()


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for link in re.findall(r"\]\(([^)#]+?)\)", page.read_text("utf-8")):
            assert link.startswith("http") or (page.parent / link).exists(), f"{page.name}: {link}"
