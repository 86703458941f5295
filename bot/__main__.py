"""The command line: finds the command, runs it, and turns every failure into one line."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from bot import __doc__ as about
from bot import __version__
from bot.adapters.redaction import redact
from bot.cli import COMMANDS
from bot.cli.parser import Parser
from bot.domain.errors import CaseInputError, FencunError, ScriptsError, SettingsError
from bot.domain.text import one_line
from bot.garbage import collected_later

OK, FAILED, BAD_INPUT, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
"""Exit codes; the last two are 128 + the signal's number, as shells expect."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; nothing but the code leaves this function."""
    try:
        with collected_later():
            code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except SystemExit as leaving:  # argparse leaves this way, after --help as after a mistake
        return leaving.code if isinstance(leaving.code, int) else FAILED
    except BrokenPipeError:
        # The reader has gone. Point stdout at nothing, or the interpreter complains while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except ScriptsError as error:
        more = f" (and {len(error.faults) - 1} more: fencun scripts check)" if len(error.faults) > 1 else ""
        return _fail(error.faults[0] + more, BAD_INPUT)
    except (SettingsError, CaseInputError) as error:
        return _fail(str(error), BAD_INPUT)
    except FencunError as error:
        return _fail(str(error), FAILED)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", FAILED)
    except Exception as error:  # noqa: BLE001 - the last net: people get a line, never a traceback
        hint = "" if _debugging() else "; set FENCUN_DEBUG=1 to see where"
        return _fail(f"unexpected {type(error).__name__}: {error}{hint}", FAILED)
    return code


def _run(argv: Sequence[str]) -> int:
    """Imports only the module of the command that was asked for: ``--help`` and ``read`` must start fast."""
    front = _front().parse_args(argv)
    parser = Parser(prog="fencun")
    module = import_module(f"bot.cli.{front.command}")
    module.register(parser.add_subparsers(required=True))
    args = parser.parse_args([front.command, *front.rest], argparse.Namespace(config=front.config))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal that lacks Chinese
    code: int = module.run(args)
    return code


def _front() -> Parser:
    listing = "\n".join(f"  {name:<10}{summary}" for name, summary in COMMANDS.items())
    front = Parser(
        prog="fencun",
        usage="fencun [--config FILE] COMMAND …",
        description=f"{about}\n\ncommands:\n{listing}",
        epilog="Every command has its own --help.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    front.set_defaults(config=None)
    front.add_argument("--version", action="version", version=f"fencun {__version__}")
    front.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=argparse.SUPPRESS)
    front.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS).required = False
    return front


def _fail(message: str, code: int) -> int:
    if _debugging():
        traceback.print_exc()
    print(f"fencun: {one_line(redact(message))}", file=sys.stderr)
    return code


def _debugging() -> bool:
    return os.environ.get("FENCUN_DEBUG", "") not in {"", "0"}


if __name__ == "__main__":
    sys.exit(main())
