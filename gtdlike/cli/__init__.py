"""The command line: one command a file, loaded when it is called."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

from cyclopts import App, CycloptsError

FINE, FINDINGS, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
"""The exit codes: fine; findings (of `validate`); could not run; stopped by Ctrl-C."""


def _version() -> str:
    import gtdlike

    return gtdlike.__version__


HELP = """News articles to a validated, documented incident dataset.

Commands:
    build     Articles to a release: the main job.
    code      Articles to coded incidents with their evidence, one a line.
    validate  Rows of any origin, checked against the codebook.

Example:
    gtdlike build articles/ -o release/

`gtdlike COMMAND --help` tells more."""

# Plain text, and the commands listed by hand: a list made from their docstrings would load them all, and rendering
# Markdown takes as long as everything else together.
app = App(
    name="gtdlike",
    help=HELP,
    version=_version,
    help_format="plaintext",
    exit_on_error=False,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
for _name in ("build", "code", "validate"):
    app.command(f"gtdlike.cli.{_name}:{_name}", name=_name, help_format="markdown", show=False)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Errors are printed with their remedy, never as a traceback."""
    from gtdlike.errors import GtdlikeError

    try:
        code = app(arguments)
        # Here, not at exit: a reader that has gone away must not become a message of the interpreter.
        sys.stdout.flush()
    except CycloptsError:
        return COULD_NOT_RUN
    except GtdlikeError as error:
        print(f"gtdlike: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        # The reader has what it wanted (`| head`). What is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"gtdlike: {where}{error.strerror or error}. Check the path, its permissions and the space left.",
              file=sys.stderr)  # fmt: skip
        return COULD_NOT_RUN
    except Exception:
        # A mistake of ours. Python's own exit code for it is 1, which a pipeline would take for findings.
        traceback.print_exc()
        return COULD_NOT_RUN
    return code if isinstance(code, int) else FINE


def main() -> None:
    """The entry point of the program `gtdlike`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON Lines are UTF-8, whatever the system's own encoding is.
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(run())
