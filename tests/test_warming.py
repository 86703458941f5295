"""Patterns are compiled beside everything else, and again after new files."""

import asyncio
from dataclasses import replace

from bot.knowledge import load_knowledge
from bot.services.knowledge import LiveKnowledge
from bot.warming import keep_warm
from config.settings import load_settings


def compiled(knowledge):
    return all("regex" in vars(pattern) for pattern in knowledge.reader.patterns)


async def eventually(holds, seconds=30):
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.05)


async def test_all_patterns_are_compiled_and_those_of_newer_files_too():
    old, new = load_knowledge(load_settings()), load_knowledge(load_settings())
    live = LiveKnowledge(old)
    assert not compiled(old)
    warming = asyncio.create_task(keep_warm(live))
    await eventually(lambda: compiled(old))
    live.current = replace(old, reader=new.reader)
    await eventually(lambda: compiled(new))
    warming.cancel()
    await asyncio.wait([warming])
