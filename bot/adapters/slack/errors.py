"""Every way a call to Slack can fail, named once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import ChatClosed, ChatLockedOut, ChatRefused, ChatUnreachable

_TROUBLE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"})
"""Codes by which Slack says that it failed itself: what it did before is unknown (docs.slack.dev, common errors)."""

LOCKED_OUT = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "org_login_required", "token_expired", "token_revoked"}
)
"""Codes that every call gets alike until an operator installs the app anew (docs.slack.dev, common errors)."""

_CLOSED = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action"})
_LIMITED = frozenset({"ratelimited", "rate_limited"})
_DEFAULT_PAUSE = 1.0


class NotSent(ChatUnreachable):
    """No connection came about, so nothing took effect."""


class RateLimited(ChatUnreachable):
    """Slack did nothing and wants to be asked again after ``retry_after`` seconds."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(f"{method}: rate limited for {retry_after:.0f} s")
        self.retry_after = retry_after


@contextmanager
def failures_named(method: str, channel: str = "") -> Iterator[None]:
    """Raises ``ChatRefused`` where Slack said no, ``ChatUnreachable`` where nobody knows what happened.

    ``channel`` is where something was to be said, if anywhere.
    """
    try:
        yield
    except SlackApiError as error:
        raise _answered(method, channel, error) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise NotSent(f"{method}: no connection to Slack ({_words(error)})") from error
    except (aiohttp.ClientError, TimeoutError, OSError, SlackClientError, ValueError) as error:
        raise ChatUnreachable(f"{method}: no answer from Slack ({_words(error)})") from error


def _answered(method: str, channel: str, error: SlackApiError) -> ChatRefused | ChatUnreachable:
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    code = code_of(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in _LIMITED:
        return RateLimited(method, _retry_after(response.headers.get("Retry-After")))
    if not code or code in _TROUBLE:
        return ChatUnreachable(f"{method}: Slack failed ({code or f'HTTP {status}'})")
    if code in LOCKED_OUT:
        return ChatLockedOut(code, method)
    return ChatClosed(code, method, channel) if channel and code in _CLOSED else ChatRefused(code, method)


def code_of(error: SlackApiError) -> str:
    """Slack's word for why, or empty."""
    body = getattr(error.response, "data", None)
    return str(body.get("error", "")) if isinstance(body, dict) else ""


def _retry_after(header: str | None) -> float:
    try:
        return max(0.0, float(header or _DEFAULT_PAUSE))
    except ValueError:
        return _DEFAULT_PAUSE


def _words(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
