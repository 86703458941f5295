"""Replies: sent once in the agent's name, given back where they cannot be, and never in the way of the customer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.errands import ErrandKind
from bot.domain.errors import ChatError, ChatRefused, ChatUnreachable, NotAllowed, SentBefore
from bot.ports import Content, Persona, Spot
from bot.services.commitments import CommitmentService
from bot.services.drafts import DraftService
from bot.services.errands import Errands
from bot.services.replies import ReplyService
from handlers.blocks.presenter import BlockPresenter
from tests.services.casebench import (
    AGENT,
    CUSTOMER,
    ENGINEER,
    OTHER_AGENT,
    SUPERVISOR,
    SUPPORT,
    CaseBench,
    Town,
)
from tests.services.fakes import CountingIds

SPOT = Spot(SUPPORT)
TEXT = "許先生,我下午五點前把結果回覆您"


class Busy(Town):
    """Fails replies with ``reply_fails``, or lets the customer write while a reply goes out."""

    reply_fails: ChatError | None = None
    bench: CaseBench | None = None

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        if op.startswith("reply:"):
            if self.reply_fails is not None:
                raise self.reply_fails
            if self.bench is not None:
                await self.bench.hear("還有,報表也打不開")
        return await super().post(op, channel, content, thread_ts=thread_ts, persona=persona)


class ReplyBench(CaseBench):
    def __init__(self, store: SqlStore) -> None:
        super().__init__(store)
        self.busy = Busy(store=store)
        presenter, ids = BlockPresenter(self.live), CountingIds()
        people, preferences, chat = self.people, self.preferences, self.busy
        self.drafts = DraftService(store, self.cases, people, preferences, self.live, chat, presenter, self.clock, ids)
        commitments = CommitmentService(store, people, self.live, self.clock)
        self.errands = Errands(store, self.clock, self.tasks)
        self.replies = ReplyService(
            store, self.cases, self.cards, commitments, people, preferences, self.live, chat, presenter, self.clock,
            ids, self.errands,
        )  # fmt: skip
        self.errands.carried_out_by({ErrandKind.REPLY: self.replies.resume})

    async def drafted(self) -> str:
        """The id of a draft for a customer in trouble."""
        ts = await self.hear("ERP 又當了,出貨單整批印不出來")
        await self.drafts.show(AGENT, SPOT, ts=ts)
        case_id = await self.case_of(ts)
        async with self.store.read() as unit:
            return (await unit.drafts.of_case(case_id))[0].id

    async def dies_with(self, draft: str) -> None:
        """A process kept what the agent pressed, and died before anything came of it."""
        async with self.store.begin() as unit:
            await unit.errands.leave(self.errands.new(ErrandKind.REPLY, draft, by=AGENT, words=TEXT))

    async def restarted(self, **later: float) -> None:
        self.later(**later)
        await self.errands.sweep()
        assert await self.tasks.drain(20) == 0

    def given_back(self) -> list[str]:
        return [post.words for op, post in self.busy.posts.items() if op.startswith("unsent:")]


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[ReplyBench]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield ReplyBench(store)


async def test_a_reply_goes_out_once_and_what_it_promises_is_noted(bench: ReplyBench) -> None:
    draft = await bench.drafted()
    await bench.replies.send(AGENT, draft, TEXT, SPOT)
    posted = bench.busy.posts[f"reply:{draft}"]
    assert posted.content.text == TEXT
    assert posted.persona == Persona(f"{AGENT} 先生", None, AGENT)
    with pytest.raises(SentBefore):
        await bench.replies.send(AGENT, draft, TEXT, SPOT)
    async with bench.store.read() as unit:
        due = await unit.promises.due_of(AGENT, offset=0, limit=9)
        sent = await unit.drafts.get(draft)
    assert [promise.text for promise in due] == ["下午五點前把結果回覆您"]
    assert sent is not None
    assert sent.sent_text == TEXT
    assert sent.text != TEXT, "what was shown stays on record beside what was made of it"


async def test_a_customer_who_writes_while_the_reply_goes_out_is_in_nobodys_way(bench: ReplyBench) -> None:
    draft = await bench.drafted()
    bench.busy.bench = bench
    await bench.replies.send(AGENT, draft, TEXT, SPOT)
    async with bench.store.read() as unit:
        sent = await unit.drafts.get(draft)
        assert sent is not None
        case = await unit.cases.get(sent.case_id)
        said = [message.text for message in await unit.cases.messages(sent.case_id)]
    assert case is not None
    assert case.agent == AGENT
    assert sent.sent_text == TEXT
    assert {TEXT, "還有,報表也打不開"} <= set(said)


@pytest.mark.parametrize(
    ("failure", "told"),
    [(ChatRefused("is_archived"), "沒有送到客戶那裡"), (ChatUnreachable("no answer"), "還不確定這份回覆有沒有送到")],
)
async def test_what_an_agent_wrote_comes_back_with_what_is_known_of_it(
    bench: ReplyBench, failure: ChatError, told: str
) -> None:
    draft = await bench.drafted()
    bench.busy.reply_fails = failure
    with pytest.raises(type(failure)):
        await bench.replies.send(AGENT, draft, TEXT, SPOT)
    (back,) = bench.given_back()
    assert told in back
    assert TEXT in back
    bench.busy.reply_fails = None
    await bench.replies.send(AGENT, draft, TEXT, SPOT)


async def test_a_reply_that_a_crash_kept_from_going_out_goes_out_once(bench: ReplyBench) -> None:
    draft = await bench.drafted()
    await bench.dies_with(draft)
    await bench.restarted(seconds=31)
    await bench.restarted(seconds=31)
    assert bench.busy.posts[f"reply:{draft}"].content.text == TEXT
    with pytest.raises(SentBefore):
        await bench.replies.send(AGENT, draft, TEXT, SPOT)
    async with bench.store.read() as unit:
        due = await unit.promises.due_of(AGENT, offset=0, limit=9)
    assert [promise.text for promise in due] == ["下午五點前把結果回覆您"]
    assert bench.given_back() == []


async def test_a_reply_that_has_become_old_goes_back_to_its_writer(bench: ReplyBench) -> None:
    draft = await bench.drafted()
    await bench.dies_with(draft)
    await bench.restarted(minutes=11)
    await bench.restarted(minutes=11)
    (back,) = bench.given_back()
    assert TEXT in back
    assert f"reply:{draft}" not in bench.busy.posts


@pytest.mark.parametrize("failure", [ChatRefused("is_archived"), ChatUnreachable("no answer")])
async def test_a_reply_that_was_given_back_does_not_go_out_behind_the_agents_back(
    bench: ReplyBench, failure: ChatError
) -> None:
    draft = await bench.drafted()
    bench.busy.reply_fails = failure
    with pytest.raises(type(failure)):
        await bench.replies.send(AGENT, draft, TEXT, SPOT)
    bench.busy.reply_fails = None
    await bench.restarted(seconds=31)
    assert f"reply:{draft}" not in bench.busy.posts


@pytest.mark.parametrize("user", [OTHER_AGENT, SUPERVISOR, ENGINEER, CUSTOMER, "U9STRANGER"])
async def test_nobody_works_on_drafts_that_were_shown_to_somebody_else(bench: ReplyBench, user: str) -> None:
    draft = await bench.replies.take(AGENT, await bench.drafted())
    for act in (bench.drafts.say_differently, bench.drafts.shorten, bench.drafts.change_script, bench.drafts.keep):
        with pytest.raises(NotAllowed):
            await act(user, SPOT, draft.sheet)
    with pytest.raises(NotAllowed):
        await bench.drafts.throw(user, draft.sheet)
    assert bench.busy.told(user) == []
