"""The command line: one command a file, which loads what it needs when it is called."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from gtdlike.cli import build, code, codebook, diff, evaluate, export, validate, verify
from gtdlike.cli.exitcodes import COULD_NOT_RUN, FINE, INTERRUPTED


def _version() -> str:
    import gtdlike

    return gtdlike.__version__


app = App(
    name="gtdlike",
    help="Make a validated, documented incident dataset from news articles, or check rows of any origin against its "
    "codebook. `gtdlike COMMAND --help` tells more of a command.",
    version=_version,
    help_format="plaintext",  # rendering Markdown takes as long as all else that `gtdlike --help` does
    exit_on_error=False,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
for _command in (
    build.build, code.code, diff.diff, evaluate.evaluate, export.export, validate.validate, verify.verify,
):  # fmt: skip
    app.command(_command, help_format="markdown")
app.command(codebook.app)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Errors are printed with their remedy, never as a traceback."""
    from gtdlike.errors import GtdlikeError

    try:
        exit_code = app(arguments)
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
    return exit_code if isinstance(exit_code, int) else FINE


def main() -> None:
    """The entry point of the program `gtdlike`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON Lines are UTF-8, whatever the system's own encoding is.
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(run())
