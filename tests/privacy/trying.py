"""Tries every cell of some sections against the running product and says what became of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml

from tests.privacy.acting import Actor, Seen, look
from tests.privacy.scenes import SCENES
from tests.privacy.stage import Stage, cells
from tests.privacy.table import ACTORS, DONE, IGNORED, REFUSED, TOLD, Row, rows
from tests.scenarios.desk import ROOT, Desk


def _texts(*keys: str) -> list[str]:
    """What some notices say in every language, up to the first thing that is filled in."""
    found = []
    for file in sorted((ROOT / "scripts_zh" / "texts").glob("*/*.yaml")):
        for key, text in yaml.safe_load(file.read_text()).items():
            if any(key == wanted or (wanted.endswith(".") and key.startswith(wanted)) for wanted in keys):
                found.append(str(text).split("{")[0])
    return [text for text in found if len(text) > 3]


REFUSALS = _texts("error.not_allowed", "error.not_allowed.")
TROUBLES = _texts("error.")


class Tried:
    """``letters`` by row and actor; ``leaks`` are cells in which something changed that must not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.letters: dict[tuple[Row, Actor], str] = {}
        self.leaks: list[str] = []
        self.told: dict[tuple[Row, Actor], set[str]] = {}

    async def section(self, rows: list[Row]) -> None:
        """Everybody who may not, then everybody who may, in one scene; what is done once, in scenes of its own."""
        scene = SCENES[rows[0].section]
        await scene(self._desk)
        for row in rows:
            await self._together(row, [actor for actor, letter in cells(row) if letter != DONE])
            if not row.once:
                await self._together(row, [actor for actor, letter in cells(row) if letter == DONE])
        for row in rows:
            if row.once:
                for actor in [actor for actor, letter in cells(row) if letter == DONE]:
                    await scene(self._desk)
                    await self._alone(row, actor)

    async def _alone(self, row: Row, actor: Actor) -> None:
        stage = await self._staged(row)
        before = await look(self._desk, homes=row.name in AT_HOME)
        answer = await stage.act(actor, forged=False)
        await self._desk.quiet()
        after = await look(self._desk, homes=row.name in AT_HOME)
        self.letters[row, actor] = _letter(actor, answer, before, after)
        self.told[row, actor] = after.news(before, actor.user)

    async def _together(self, row: Row, actors: list[Actor]) -> None:
        """Who may not comes as a forged payload, so that not even Slack's own checks stand in the way."""
        stage = await self._staged(row)
        expected = {actor: letter for actor, letter in cells(row) if actor in actors}
        before = await look(self._desk, homes=row.name in AT_HOME)
        answers = {actor: await stage.act(actor, forged=expected[actor] != DONE) for actor in actors}
        await self._desk.quiet()
        after = await look(self._desk, homes=row.name in AT_HOME)
        for actor in actors:
            letter = _letter(actor, answers[actor], before, after, alone=False)
            if row.name.startswith("home_") and letter == DONE:
                letter = IGNORED  # shown anew, it may look as before
            self.letters[row, actor] = letter
            self.told[row, actor] = after.news(before, actor.user)
        if DONE not in expected.values() and after.changed(before) and row.name not in LOUD:
            self.leaks.append(f"{row}: {after.changed(before)}")

    async def _staged(self, row: Row) -> Stage:
        """Once the bot has done whatever was asked of it before."""
        await self._desk.quiet()
        stage = await Stage.of(self._desk, row)
        await self._desk.quiet()
        return stage


AT_HOME = frozenset({"home", "home_older", "home_newer", "home_refresh", "home_language", "home_hints"})
"""What is done to a home shows on it. A home that is open follows whatever else happens, too, in its own time."""

LOUD = frozenset({"message", "words"})
"""What people say may make the bot speak among ours."""


def _letter(actor: Actor, answer: Any, before: Seen, after: Seen, *, alone: bool = True) -> str:
    """``alone``: nobody else acted, so what changed for all was their doing."""
    told = after.news(before, actor.user) | _in_form(answer)
    if any(refusal in text for text in told for refusal in REFUSALS):
        return REFUSED
    if alone and after.changed(before):
        return DONE  # and perhaps told of trouble in saying so: a forged form names a place they are not in
    if any(trouble in text for text in told for trouble in TROUBLES):
        return TOLD
    return DONE if told else IGNORED


def _in_form(answer: Any) -> set[str]:
    """What is said at the field of a form, if it stays open."""
    text = answer[1] if isinstance(answer, tuple) else ""
    return {text.encode().decode("unicode_escape", "replace")} if "errors" in text else set()


async def assert_as_written(desk: Desk, section: str) -> None:
    """Tries all rows of ``section`` and compares what became of them with the table."""
    tried, written = Tried(desk), rows([section])
    await tried.section(written)
    came = [str(replace(row, letters="".join(tried.letters[row, actor] for actor in ACTORS))) for row in written]
    wrong = [
        f"written {row}\ncame    {line}\n{[tried.told.get((row, actor)) for actor in ACTORS]}"
        for row, line in zip(written, came, strict=True)
        if line != str(row)
    ]
    assert not wrong, "\n".join(wrong)
    assert not tried.leaks, "\n".join(tried.leaks)
