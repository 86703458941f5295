"""Starts commands of the product as processes that need not import it first: each is forked from one that has.

All else is as from a shell: its own process, arguments, environment, files, signals and exit code.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.__main__ import main

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["tests.scenarios.imported"])


class Forked:
    """A command under way; named like ``asyncio.subprocess.Process``."""

    def __init__(self, process: BaseProcess, first_line: bytes) -> None:
        self._process = process
        self.first_line = first_line

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    async def wait(self) -> int:
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode


async def start(arguments: Sequence[str], *, env: Mapping[str, str], log: Path, seconds: float) -> Forked:
    """Runs ``fencun arguments`` until its first line on stdout, or its end; stderr goes to ``log``."""
    reader, writer = _server.Pipe(duplex=False)
    # A daemon, so that one whose test was cut off ends with the tests.
    process = _server.Process(target=_run, args=(list(arguments), dict(env), log, writer), daemon=True)
    process.start()
    writer.close()
    with os.fdopen(os.dup(reader.fileno()), "rb") as output:
        reader.close()
        try:
            line = await asyncio.wait_for(asyncio.to_thread(output.readline), seconds)
        except TimeoutError:
            process.kill()  # else it lives on beside every later test
            raise
    return Forked(process, line)


def _run(arguments: list[str], env: dict[str, str], log: Path, stdout: Connection) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.dup2(stdout.fileno(), 1)
    with log.open("ab") as errors:
        os.dup2(errors.fileno(), 2)
    # Made anew: those of the server may stand for files, which can do what pipes cannot.
    sys.stdout, sys.stderr = (open(number, "w", buffering=1, closefd=False) for number in (1, 2))  # noqa: SIM115
    sys.exit(main(arguments))
