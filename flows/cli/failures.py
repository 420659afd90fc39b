"""Errors as a person reads them: where, what, what to do. A traceback goes to a file, never to the screen."""

import tempfile
import traceback
from pathlib import Path

from rich.console import Console
from rich.text import Text

from transforms.errors import JixiaoError

_screen = Console(stderr=True, soft_wrap=True, highlight=False)


def report_failure(error: JixiaoError) -> None:
    """Print an error of ours in three lines."""
    _screen.print(Text.assemble(("error: ", "bold red"), error.what))
    if str(error.where):
        _screen.print(Text(f"  where: {error.where}"))
    if error.todo:
        _screen.print(Text(f"  to do: {error.todo}"))


def report_usage(error: Exception) -> None:
    """Print what Typer did not understand, as Typer does: usage and mistake, or the help when nothing was asked."""
    show = getattr(error, "show", None)
    if show:
        show()
    else:
        _screen.print(Text.assemble(("error: ", "bold red"), str(error)))


def report_unexpected(error: Exception) -> None:
    """Say that this is a defect of jixiao, and where the details are kept."""
    path = _keep(error)
    _screen.print(
        Text.assemble(("error: ", "bold red"), f"unexpected {type(error).__name__}; this is a defect of jixiao")
    )
    _screen.print(Text(f"  to do: send this file to whoever looks after jixiao (it may name people): {path}"))


def _keep(error: Exception) -> Path:
    folder = Path.cwd() / "data" / "logs" if (Path.cwd() / "data").is_dir() else Path(tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix="jixiao-error-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(file.name)
