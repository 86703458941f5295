"""One row of the table in a scene: what it is that can be tried, and trying it as anybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.privacy import acting
from tests.privacy.acting import Actor, Json, look
from tests.privacy.scenes import GENERAL, PLAIN
from tests.privacy.table import ACTORS, DONE, Row
from tests.scenarios.desk import CUSTOMERS, DESK, ESCALATION, Desk, eventually
from tests.scenarios.scenes import ASKS

PLACES = {"desk": DESK, "escalation": ESCALATION, "support": CUSTOMERS, "plain": PLAIN, "general": GENERAL}
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
FORM_SECONDS = 6.0


def cells(row: Row) -> Iterator[tuple[Actor, str]]:
    return zip(ACTORS, row.letters, strict=True)


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
        opener = next(actor for actor, letter in cells(self._row) if letter == DONE)
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
            found: Json = await eventually(opened, FORM_SECONDS)
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
