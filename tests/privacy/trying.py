"""Tries every cell of some sections against the running product and says what became of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from tests.privacy import acting
from tests.privacy.acting import Actor, Json, Seen, look
from tests.privacy.scenes import ASKS, GENERAL, PLAIN, SCENES
from tests.privacy.table import ACTORS, DONE, IGNORED, REFUSED, TOLD, Row, rows
from tests.scenarios.desk import CUSTOMERS, DESK, ESCALATION, ROOT, Desk, eventually

PLACES = {"desk": DESK, "escalation": ESCALATION, "support": CUSTOMERS, "plain": PLAIN, "general": GENERAL}
SHARED_SUPPORT = "C0EXTYF,C0EXTLH,C0EXTDM,C0EXTCX"
OPENERS = {
    "send_form": "draft_use",
    "triage_form": "case_triage",
    "merge_form": "case_more=merge",
    "split_form": "case_more=split",
    "request_form": "case_escalate",
    "counter_form": "escalation_counter",
    "change_form": "escalation_change",
    "answer_form": "question_answer",
    "sales_later_form": "sales_later",
    "sales_unsuitable_form": "sales_unsuitable",
    "sales_lost_form": "sales_lost",
}
"""The button that opens a form, with the choice it needs."""
FORGED = ("unknown", "case")
"""What a forged button names: something that is not there, or a case on whose messages it does not stand."""
NO_CASE = "case_0000000000000000"
PATIENCE, QUIET = 6.0, 0.25


def _texts(*keys: str) -> list[str]:
    """What some notices say in every language, up to the first thing that is filled in."""
    found = []
    for file in sorted((ROOT / "scripts_zh" / "texts").glob("*/*.yaml")):
        for key, text in yaml.safe_load(file.read_text()).items():
            if any(key == wanted or (wanted.endswith(".") and key.startswith(wanted)) for wanted in keys):
                found.append(str(text).split("{")[0])
    return [text for text in found if len(text) > 3]


REFUSALS = _texts("error.not_allowed")
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
        await _still(self._desk)
        for row in rows:
            await self._together(row, [actor for actor, letter in _cells(row) if letter != DONE])
            if not row.once:
                await self._together(row, [actor for actor, letter in _cells(row) if letter == DONE])
        for row in rows:
            if row.once:
                for actor in [actor for actor, letter in _cells(row) if letter == DONE]:
                    await scene(self._desk)
                    await self._alone(row, actor)

    async def _alone(self, row: Row, actor: Actor) -> None:
        stage = await Stage.of(self._desk, row)
        await _still(self._desk)
        before = await look(self._desk)
        answer = await stage.act(actor, forged=False)
        until = time.monotonic() + PATIENCE
        while (letter := _letter(actor, answer, before, await look(self._desk))) == IGNORED:
            if time.monotonic() > until:
                break
            await asyncio.sleep(0.05)
        self.letters[row, actor] = letter

    async def _together(self, row: Row, actors: list[Actor]) -> None:
        """Who may not comes as a forged payload, so that not even Slack's own checks stand in the way."""
        stage = await Stage.of(self._desk, row)
        expected = {actor: letter for actor, letter in _cells(row) if actor in actors}
        before = await look(self._desk)
        answers = {actor: await stage.act(actor, forged=expected[actor] != DONE) for actor in actors}
        until = time.monotonic() + PATIENCE
        while actors:
            await asyncio.sleep(QUIET)
            after = await look(self._desk)
            found = {actor: _letter(actor, answers[actor], before, after, alone=False) for actor in actors}
            if row.name.startswith("home_"):  # shown anew, it may look as before
                found = {actor: IGNORED if letter == DONE else letter for actor, letter in found.items()}
            self.letters |= {(row, actor): letter for actor, letter in found.items()}
            self.told |= {(row, actor): after.news(before, actor.user) for actor in actors}
            if found == expected or time.monotonic() > until:
                if DONE not in expected.values() and after.changed(before) and row.name not in LOUD:
                    self.leaks.append(f"{row}: {after.changed(before)}")
                break


LOUD = frozenset({"message", "words"})
"""What people say may make the bot speak among ours."""


class Stage:
    """One row of the table in a scene: what it is that can be tried."""

    def __init__(self, desk: Desk, row: Row) -> None:
        self._desk = desk
        self._row = row
        self._state: Json = {}
        self._found: tuple[Json, Json, str] | None = None
        self._view: Json | None = None

    @classmethod
    async def of(cls, desk: Desk, row: Row) -> Stage:
        stage = cls(desk, row)
        stage._state = await desk.get("state")
        if row.name.endswith("_form"):
            stage._view = await stage._opened()
        elif not row.name.startswith("/") and row.name not in ("draft_reply", "home", "message", "words"):
            stage._found = stage._find(row.name)
            assert stage._found or row.qualifier, f"nothing to click for {row.name} in this scene"
        return stage

    async def act(self, actor: Actor, *, forged: bool) -> Any:
        row, desk = self._row, self._desk
        channel = self._channel(actor)
        if not forged and actor.member:
            done = await self._really(actor, channel)
            if done is not None:
                return done
        if row.name.startswith("/"):
            body = acting.command(actor, row.name, row.qualifier.replace("_", " "), channel)
            return await acting.forge(desk, body, command=True)
        return await acting.forge(desk, self._body(actor, channel))

    async def _really(self, actor: Actor, channel: str) -> Json | None:
        """Through the workspace, or None where it would not let them."""
        row, desk = self._row, self._desk
        if row.name == "home":
            return await desk.post("home", user=actor.user)
        if row.name == "words":
            return {"ts": await desk.say("可以", user=actor.user, channel=ESCALATION, thread_ts=self._root()["ts"])}
        if self._found is not None:
            found = self._find(row.name, reader=actor.user) or self._found
            return await self._clicked(actor, *found)
        if row.where == "dm":
            channel = "U0FENCUN"  # their conversation with the bot
        elif not self._is_in(actor, channel):
            return None
        return await self._spoken(actor, channel)

    async def _spoken(self, actor: Actor, channel: str) -> Json | None:
        row, desk = self._row, self._desk
        if row.name.startswith("/"):
            return await desk.command(row.name, row.qualifier.replace("_", " "), user=actor.user, channel=channel)
        if row.name == "draft_reply":
            ts = self._customers_message(channel)["ts"]
            return await desk.post("shortcut", user=actor.user, channel=channel, ts=ts, callback_id=row.name)
        if row.name == "message":
            return {"ts": await desk.say(ASKS, user=actor.user, channel=channel)}
        return None

    async def _clicked(self, actor: Actor, element: Json, message: Json, _block_id: str) -> Json | None:
        if message.get("view_id"):
            may, where = message["user"] == actor.user, {"view_id": message["view_id"]}
        else:
            may = self._is_in(actor, message["channel"]) and message["visible_to"] in (None, actor.user)
            where = {"channel": message["channel"], "ts": message["ts"]}
        if self._row.qualifier or not may:
            return None
        chosen = {"selected": element["options"][0]["value"]} if element.get("options") else {}
        return await self._desk.post("action", user=actor.user, action_id=element["action_id"], **where, **chosen)

    def _body(self, actor: Actor, channel: str) -> Json:
        row = self._row
        if row.name == "draft_reply":
            return acting.shortcut(actor, row.name, self._customers_message(channel), channel)
        if row.name == "home":
            return acting.opened_home(actor)
        if row.name == "message":
            return acting.message(actor, ASKS, channel)
        if row.name == "words":
            return acting.message(actor, "可以", channel, self._root()["ts"])
        if self._view is not None:
            return acting.submission(actor, self._view)
        element, message, block_id = self._found or ({"action_id": row.name, "type": "button"}, self._root(), "b")
        if row.qualifier in FORGED:
            case = self._find("case_draft")
            value = NO_CASE if row.qualifier == "unknown" or case is None else case[0]["value"]
            element = {"action_id": row.name, "type": "button", "value": value}
        return acting.click(actor, element, block_id, message, channel)

    def _is_in(self, actor: Actor, channel: str) -> bool:
        return any(actor.user in place["members"] for place in self._state["channels"] if place["id"] == channel)

    async def _opened(self) -> Json:
        """The form as somebody who may has it open."""
        name, _, choice = OPENERS[self._row.name].partition("=")
        opener = next(actor for actor, letter in _cells(self._row) if letter == DONE)
        found = self._find(name, reader=opener.user)
        assert found is not None, f"nothing opens {self._row.name} in this scene"
        element, message, _ = found
        options = [o["value"] for o in element.get("options", []) if o["value"].startswith(choice)]
        more = {"selected": options[0]} if options else {}
        await self._desk.click(message, name, user=opener.user, **more)
        view = await self._form_of(opener.user)
        shown: Json = view["view"]
        await self._desk.post("close", user=opener.user, view_id=view["id"])
        return shown

    async def _form_of(self, user: str) -> Json:
        async def opened() -> Json | None:
            views = [v for v in (await self._desk.get("state"))["views"] if v["user"] == user]
            return next((v for v in views if v["view"]["callback_id"] == self._row.name), None)

        try:
            found: Json = await eventually(opened, PATIENCE)
        except AssertionError as error:
            told = (await look(self._desk)).private.get(user)
            raise AssertionError(f"{self._row.name} does not open; {user} sees {told}") from error
        return found

    def _find(self, name: str, *, reader: str = "") -> tuple[Json, Json, str] | None:
        """The newest element of this name (that ``reader`` can see), what it stands in, and the id of its block."""
        for message in reversed(self._state["messages"]):
            if not message["deleted"] and (not reader or message["visible_to"] in (None, reader)):
                for element, block_id in acting.elements(message["blocks"] or []):
                    if element["action_id"] == name:
                        return element, message, block_id
        for view in self._state["views"]:
            for element, block_id in acting.elements(view["view"]["blocks"]):
                if element["action_id"] == name:
                    return element, {"view_id": view["id"], "user": view["user"], "ts": "0.0"}, block_id
        return None

    def _channel(self, actor: Actor) -> str:
        where = self._row.where
        if where == "dm":
            return f"D{actor.user[1:]}"
        if where in PLACES:
            return PLACES[where]
        stands = self._found or self._find("case_draft")
        return str(stands[1].get("channel", "")) if stands else ESCALATION

    def _customers_message(self, channel: str) -> Json:
        here = [
            m for m in self._state["messages"] if m["channel"] == channel and not m["deleted"] and not m["visible_to"]
        ]
        return here[0] if here else {"ts": "1763800000.000100", "text": "?"}

    def _root(self) -> Json:
        found = self._find("escalation_approve")
        return found[1] if found else {"ts": "1763800000.000100", "channel": ESCALATION, "text": ""}


def _letter(actor: Actor, answer: Any, before: Seen, after: Seen, *, alone: bool = True) -> str:
    """``alone``: nobody else acted, so what changed for all was their doing."""
    told = after.news(before, actor.user) | _in_form(answer)
    if any(refusal in text for text in told for refusal in REFUSALS):
        return REFUSED
    if any(trouble in text for text in told for trouble in TROUBLES):
        return TOLD
    return DONE if told or (alone and after.changed(before)) else IGNORED


def _in_form(answer: Any) -> set[str]:
    """What is said at the field of a form, if it stays open."""
    text = answer[1] if isinstance(answer, tuple) else ""
    return {text.encode().decode("unicode_escape", "replace")} if "errors" in text else set()


async def _still(desk: Desk) -> None:
    """Waits until the bot says nothing any more."""
    last: Seen | None = None
    for _ in range(20):
        seen = await look(desk)
        if seen == last:
            return
        last = seen
        await asyncio.sleep(0.15)


def _cells(row: Row) -> Iterator[tuple[Actor, str]]:
    return zip(ACTORS, row.letters, strict=True)


async def assert_as_written(log: Path, *sections: str) -> None:
    """Tries all rows of ``sections`` and compares what became of them with the table."""
    desk = await Desk.start(log, transport="http", env={"FENCUN_SUPPORT_CHANNELS": f"{SHARED_SUPPORT},{PLAIN}"})
    try:
        tried, written = Tried(desk), rows(sections)
        for section in sections:
            await tried.section([row for row in written if row.section == section])
    finally:
        await desk.stop()
    came = [str(replace(row, letters="".join(tried.letters[row, actor] for actor in ACTORS))) for row in written]
    wrong = [
        f"written {row}\ncame    {line}\n{[tried.told.get((row, actor)) for actor in ACTORS]}"
        for row, line in zip(written, came, strict=True)
        if line != str(row)
    ]
    assert not wrong, "\n".join(wrong)
    assert not tried.leaks, "\n".join(tried.leaks)
