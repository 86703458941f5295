"""The few Block Kit pieces that the desk is made of.

Everything that people outside wrote goes through ``quote`` or ``escape``: then no mention, link or broadcast
in it is live, because Slack reads those only from unescaped angle brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Block = dict[str, object]

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
CONTEXT_LIMIT = 2000
INPUT_LIMIT = 3000
ERROR_LIMIT = 2000


def escape(text: str) -> str:
    """Makes text of unknown origin inert in mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def quote(text: str, limit: int = 600) -> str:
    """Somebody's words as a block quote."""
    return "\n".join(f">{line}" for line in escape(clip(text.strip(), limit)).splitlines() or [""])


def plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def section(mrkdwn: str, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": clip(mrkdwn, SECTION_LIMIT)}}
    if accessory:
        block["accessory"] = accessory
    return block


def words(text: str) -> Block:
    """A section whose text is shown to the letter."""
    return {"type": "section", "text": plain(text, SECTION_LIMIT)}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def context(*lines: str) -> Block:
    elements = [{"type": "mrkdwn", "text": clip(line, CONTEXT_LIMIT)} for line in lines if line]
    return {"type": "context", "elements": elements[:10]}


def button(name: str, label: str, value: str, style: str | None = None) -> Block:
    element: Block = {"type": "button", "action_id": name, "text": plain(label, BUTTON_LIMIT), "value": value}
    if style:
        element["style"] = style
    return element


def link_button(name: str, label: str, url: str) -> Block:
    return {"type": "button", "action_id": name, "text": plain(label, BUTTON_LIMIT), "url": url}


def overflow(name: str, options: Iterable[tuple[str, str]]) -> Block:
    """A menu of up to five pairs of value and label."""
    return {"type": "overflow", "action_id": name, "options": [option(label, value) for value, label in options]}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def option(label: str, value: str) -> Block:
    return {"text": plain(label, OPTION_LIMIT), "value": value}


def select(name: str, placeholder: str, options: Iterable[tuple[str, str]], chosen: str | None = None) -> Block:
    """``options`` are pairs of value and label, at most a hundred."""
    listed = {value: option(label, value) for value, label in list(options)[:100]}
    element: Block = {"type": "static_select", "action_id": name, "options": list(listed.values())}
    element["placeholder"] = plain(placeholder, 150)
    if chosen in listed:
        element["initial_option"] = listed[chosen]
    return element


def checkbox(name: str, label: str, value: str, *, ticked: bool) -> Block:
    """One box."""
    box = option(label, value)
    element: Block = {"type": "checkboxes", "action_id": name, "options": [box]}
    if ticked:
        element["initial_options"] = [box]
    return element


def text_input(
    name: str, initial: str = "", *, multiline: bool = False, hint: str = "", most: int = INPUT_LIMIT
) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": multiline}
    element["max_length"] = most
    if initial:
        element["initial_value"] = clip(initial, most)
    if hint:
        element["placeholder"] = plain(hint, 150)
    return element


def field(block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    return block


def modal(callback_id: str, texts: Mapping[str, str], memo: str, blocks: Sequence[Block]) -> Block:
    """``texts``: title, submit, close."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": memo,
        "title": plain(texts["title"], 24),
        "submit": plain(texts["submit"], 24),
        "close": plain(texts["close"], 24),
        "blocks": list(blocks),
    }


def mention(name: str) -> str:
    """A user or a user group by id."""
    return f"<!subteam^{name}>" if name.startswith("S") else f"<@{name}>"
