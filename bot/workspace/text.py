"""Text as Slack stores it when a person types it."""

from __future__ import annotations

import re

from bot.workspace.state import State

_SPECIAL = {"here": "<!here>", "channel": "<!channel>", "everyone": "<!everyone>"}
_TYPED_MENTION = re.compile(r"<(@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+)(?:\|[^<>]*)?>")
_HANDLE = re.compile(r"(?<![A-Za-z0-9_.+@-])@([A-Za-z][A-Za-z0-9_-]*)")
_LINK = re.compile(r"https?://[^\s<>|\"'，。；、！？（）「」《》]+[^\s<>|\"'，。；、！？（）「」《》.,;:!?)\]]")
_MAIL = re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PIECE = re.compile(f"{_TYPED_MENTION.pattern}|{_LINK.pattern}|{_MAIL.pattern}|{_HANDLE.pattern}")


def escape(text: str) -> str:
    """Slack's three control characters (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str, state: State) -> str:
    """What the composer makes of typed text: mentions of what exists stay mentions, links and addresses become links,
    ``@here`` and group handles become broadcasts, everything else is escaped.
    """
    result: list[str] = []
    end = 0
    for piece in _PIECE.finditer(text):
        result += [escape(text[end : piece.start()]), _piece(piece.group(), state)]
        end = piece.end()
    return "".join([*result, escape(text[end:])])


def _piece(piece: str, state: State) -> str:
    if piece.startswith("<"):
        return _mention(piece, state)
    if piece.startswith("http"):
        return f"<{escape(piece)}>"
    if piece.startswith("@"):
        return _broadcast(piece, state)
    return f"<mailto:{piece}|{piece}>"


def _mention(piece: str, state: State) -> str:
    target = piece.strip("<>").split("|")[0]
    known = {f"@{user}" for user in state.users} | {f"#{channel}" for channel in state.channels}
    known |= {f"!subteam^{group}" for group in state.groups}
    return f"<{target}>" if target in known else escape(piece)


def _broadcast(piece: str, state: State) -> str:
    if piece[1:] in _SPECIAL:
        return _SPECIAL[piece[1:]]
    for group in state.groups.values():
        if piece[1:] == group.handle:
            return f"<!subteam^{group.id}>"
    return escape(piece)


def mentions(text: str, user: str, groups: set[str]) -> bool:
    """Whether ``text``, as Slack stores it, calls ``user``."""
    calls = {f"<@{user}>", *_SPECIAL.values()} | {f"<!subteam^{group}>" for group in groups}
    return any(call in text for call in calls) or f"<@{user}|" in text
