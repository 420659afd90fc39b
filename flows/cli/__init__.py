"""The command line: what a person types, and what a person reads back.

`main` is the only place where an error becomes text and an exit code (the classes are in transforms/errors.py).
"""

import atexit
import os
import sys

from transforms.errors import JixiaoError


def main() -> None:
    """Run `jixiao`; exit with the class of the error, never with a traceback."""
    import typer
    from typer.exceptions import TyperException

    from flows.cli.app import app
    from flows.cli.failures import report_failure, report_unexpected, report_usage

    atexit.register(_hush)
    try:
        code = app(standalone_mode=False)
    except typer.Exit as leave:
        sys.exit(leave.exit_code)
    except TyperException as error:
        report_usage(error)
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except JixiaoError as error:
        report_failure(error)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user gets a sentence, the file the traceback
        report_unexpected(error)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _hush() -> None:
    """Nothing speaks after us: DuckDB's binding lists what a kept error still holds as "leaked" when Python ends."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
