"""Takes up changed scripts and house rules while the bot runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog

from bot.adapters.scripts.check import faults_of
from bot.domain.errors import ScriptsError
from bot.knowledge import load_knowledge
from bot.services.knowledge import LiveKnowledge
from config.settings import PACKAGED_SCRIPTS, Settings

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0

Stamps = frozenset[tuple[Path, int, int]]
"""Each file with the time of its last change in nanoseconds and its size in bytes."""


async def follow_files(settings: Settings, live: LiveKnowledge, *, every: float = LOOK_EVERY_SECONDS) -> None:
    """Loads the files anew whenever they changed and then held still for one look of ``every`` seconds.

    Faulty files change nothing: the knowledge before stays, and each fault is logged in a line of its own. Files
    are looked at and loaded in a thread, so nobody waits. Runs until it is cancelled.
    """
    loaded = seen = await asyncio.to_thread(stamps_of, settings)
    while True:
        await asyncio.sleep(every)
        before, seen = seen, await asyncio.to_thread(stamps_of, settings)
        if seen == before != loaded:
            loaded = seen
            await _take_up(settings, live)


def stamps_of(settings: Settings) -> Stamps:
    """What tells one state of the files from the next. A file that vanishes while it is looked at counts as gone."""
    found = set()
    scripts = (path for path in settings.scripts_dir.rglob("*") if path.suffix in (".yaml", ".json"))
    for path in (settings.policy_file, *scripts):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found.add((path, status.st_mtime_ns, status.st_size))
    return frozenset(found)


async def _take_up(settings: Settings, live: LiveKnowledge) -> None:
    try:
        fresh = await asyncio.to_thread(load_knowledge, settings)
    except ScriptsError as error:
        everywhere = await asyncio.to_thread(faults_of, settings.scripts_dir, PACKAGED_SCRIPTS)
        for fault in dict.fromkeys([*error.faults, *everywhere]):
            log.warning("scripts_faulty", fault=fault)
        log.warning("scripts_kept", reason="the new files are faulty; fencun scripts check lists the faults")
        return
    except Exception:  # whatever new files do to a loader, a running desk keeps the words it has
        log.exception("scripts_kept")
        return
    if fresh.policy.timezone != live.current.policy.timezone:
        log.warning("restart_needed", reason="clock and CRM keep the time zone they were started with")
    live.current = fresh
    log.info("scripts_reloaded")
