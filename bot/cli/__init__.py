"""The commands: parse arguments, call one function, print. Nothing heavy is imported here.

Exit codes: 0 done, 1 the answer is no, 2 the user's mistake. Results go to stdout, all else to
stderr.
"""

import io
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bot.errors import SourceError, UserError, WorkerError

DONE, NO, MISTAKE = 0, 1, 2
INTERRUPTED = 130
# Characters that JSON leaves as they are, and that some readers take for the end of a line.
LINE_ENDS = {0x85: r"\u0085", 0x2028: r"\u2028", 0x2029: r"\u2029"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from bot.cli.parser import parser

    arguments = parser().parse_args(argv)
    module, _, function = arguments.call.partition(":")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is UTF-8 (RFC 8259); half a surrogate pair then stands in JSON's own notation.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        # Loaded only now, so that each command pays for what it uses alone.
        code: int = getattr(import_module(f"bot.cli.{module}"), function)(arguments)
        sys.stdout.flush()
    except UserError as error:
        for fault in error.faults:
            complain(str(fault))
            if fault.excerpt:
                complain(fault.excerpt)
        return MISTAKE
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def complain(line: str) -> None:
    """Print what is not a result."""
    print(line, file=sys.stderr)


def json_line(row: dict[str, Any]) -> str:
    """Return a result as one line of JSON."""
    return json.dumps(row, ensure_ascii=False).translate(LINE_ENDS)


def code_of(error: SourceError | WorkerError) -> int:
    """Return the exit code for a feed or page that was not had: NO where a later try may do."""
    return MISTAKE if isinstance(error, SourceError) and not error.passing else NO


def printable(text: str) -> str:
    """Return a text of others without what a terminal could take for a command."""
    return "".join(c if c.isprintable() else " " * c.isspace() for c in text)
