"""Progress of long steps, on a terminal only. The shell's steps tell; whoever shows listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
_listener: ContextVar[Listener | None] = ContextVar("progress", default=None)


def tell(step: str, done: int, total: int) -> None:
    """Say how far a step is; nothing happens when nobody listens."""
    if listener := _listener.get():
        listener(step, done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send what steps tell to `listener` for the length of the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def bars() -> Iterator[None]:
    """Show a bar a step while the block runs; silent when the output is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        tasks: dict[str, int] = {}

        def show(step: str, done: int, total: int) -> None:
            task = tasks.setdefault(step, -1)
            if task < 0:
                task = tasks[step] = int(progress.add_task(step, total=total))
            progress.update(task, completed=done, total=total)  # type: ignore[arg-type]

        with listening(show):
            yield
