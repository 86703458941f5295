"""What our people see of channels: status, choices, nudges, and alerts of a customer who goes past the agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.channel_status import ChannelStatus, OpenCase
from bot.domain.channels import ChannelMode
from bot.domain.contracts import Customer
from bot.domain.desk import Dossier
from bot.domain.drafting.model import DraftSet
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.card import contract_lines, wants_of
from handlers.blocks.words import Words

SAID_LIMIT = 300


def status(status: ChannelStatus, words: Words) -> Content:
    """Mode, customer, who is on duty, and the open cases with their agents."""
    title = words("desk.status.title", channel=status.record.channel)
    lines = [_mode(status, words), _customer(status, words)]
    if status.on_duty:
        lines.append(words("desk.status.duty", who=kit.mention(status.on_duty)))
    cases = [_case(case, words) for case in status.cases] or [words("desk.status.no_case")]
    blocks = (kit.section("\n".join([f"*{title}*", *lines])), kit.section("\n".join(cases)))
    return Content(title, blocks)


def _mode(status: ChannelStatus, words: Words) -> str:
    mode = words(f"desk.mode.{status.mode.name.lower()}")
    record = status.record
    if record.mode is None or record.by is None or record.at is None:
        return words("desk.status.mode_default", mode=mode)
    return words("desk.status.mode", mode=mode, who=kit.mention(record.by), time=words.clock(record.at))


def _customer(status: ChannelStatus, words: Words) -> str:
    if not status.available:
        return words("desk.status.unavailable")
    if not status.customers:
        return words("desk.status.customer_none")
    listed = words.listed(f"{kit.escape(c.name)} ({kit.escape(c.id)})" for c in status.customers)
    if len(status.customers) > 1:
        return words("desk.status.customer_several", customers=listed)
    return words("desk.status.customer_linked" if status.linked else "desk.status.customer", customer=listed)


def _case(case: OpenCase, words: Words) -> str:
    since = words.clock(case.record.opened_at)
    agent = kit.mention(case.record.agent) if case.record.agent else words("desk.status.nobody")
    line = words("desk.status.case", time=since, agent=agent)
    return f"• {line}{words.gap}<{case.card}|{words('desk.status.card')}>" if case.card else f"• {line}"


def link_choice(name: str, customers: Sequence[Customer], words: Words) -> Content:
    options = [(customer.id, f"{customer.name} {customer.id}") for customer in customers]
    text = words("desk.link_several", name=kit.escape(kit.clip(name, 60)), count=len(options))
    return Content(text, (kit.section(text, kit.select(names.DESK_LINK, words("card.choose"), options)),))


def mode_choice(word: str, current: ChannelMode, words: Words) -> Content:
    asked = words("desk.mode_unknown", word=kit.escape(kit.clip(word, 40))) + "\n" if word else ""
    listed = "\n".join(f"• {words(f'desk.mode.{mode.name.lower()}')}" for mode in ChannelMode)
    text = f"{asked}{words('desk.mode_now', mode=words(f'desk.mode.{current.name.lower()}'))}"
    return Content(text, (kit.section(f"{text}\n{listed}"), kit.context(words("desk.mode_how"))))


def nudge(dossier: Dossier, card: str | None, words: Words) -> Content:
    text = words("nudge.text", customer=kit.escape(words.customer(dossier)), wants=wants_of(dossier, words))
    last = [m for m in dossier.messages if m.reading is not None][-1:]
    blocks = [
        kit.section("\n".join([text, *(kit.quote(m.text, SAID_LIMIT) for m in last)])),
        kit.actions(kit.button(names.CASE_DRAFT, words("button.draft"), dossier.record.id, "primary")),
        kit.context(_way(card, words), words("nudge.how")),
    ]
    return Content(text, tuple(blocks))


def bypass_agent(
    dossier: Dossier, drafts: DraftSet, engineers: Sequence[str], card: str | None, words: Words
) -> Content:
    """Who was asked, the cover, and a reply that may be sent as it is (rules 25 and 26)."""
    whom = words.listed(kit.mention(engineer) for engineer in engineers) or words("bypass.an_engineer")
    text = words("bypass.agent", customer=kit.escape(words.customer(dossier)), engineer=whom)
    blocks = [
        kit.section(f"*{text}*\n{words('bypass.agent_how')}"),
        *contract_lines(dossier, words),
        *_quoted(dossier, words),
        *(kit.section(f"*{words('bypass.say')}*\n{kit.quote(draft.text)}") for draft in drafts.drafts[:1]),
        kit.actions(
            kit.button(names.CASE_DRAFT, words("button.draft"), dossier.record.id, "primary"),
            kit.button(names.ALERTS_OFF, words("button.alerts_off"), "off"),
        ),
        kit.context(f"<#{dossier.record.channel}>", _way(card, words), words("bypass.private")),
    ]
    return Content(text, tuple(blocks))


def bypass_engineer(dossier: Dossier, agent: str | None, words: Words, customers: Words) -> Content:
    """Short, with the case and the cover beside the words that hand the customer back; those are in the customer's
    own script (``customers``).
    """
    whom = kit.mention(agent) if agent else words("bypass.the_agent")
    text = words("bypass.engineer", customer=kit.escape(words.customer(dossier)), agent=whom)
    blocks = [
        kit.section(f"*{text}*\n{words('bypass.engineer_how')}"),
        *contract_lines(dossier, words),
        *_quoted(dossier, words),
        kit.section(f"*{words('bypass.hand_back')}*\n{kit.quote(customers('bypass.reply'))}"),
        kit.actions(kit.button(names.ALERTS_OFF, words("button.alerts_off"), "off")),
        kit.context(f"<#{dossier.record.channel}>", words("bypass.private")),
    ]
    return Content(text, tuple(blocks))


def _quoted(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    last = next((m for m in reversed(dossier.messages) if m.reading is not None), None)
    if last is not None:
        wants = f"*{words('card.wants')}*{words.gap}{wants_of(dossier, words)}"
        yield kit.section(f"{wants}\n{kit.quote(last.text, SAID_LIMIT)}")


def _way(card: str | None, words: Words) -> str:
    return f"<{card}|{words('desk.status.card')}>" if card else ""
