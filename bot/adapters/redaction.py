"""Takes secrets out of text that is about to be logged or printed."""

from __future__ import annotations

import re

MASK = "***"

_SECRETS = re.compile(
    r"""
    \b(?P<slack>x(?:ox[a-z]|app|wfp)[-.])[A-Za-z0-9.-]+           # Slack tokens: xoxb-…, xoxe.xoxp-…, xapp-…
    | (?P<url>[a-z][a-z0-9+.-]*://[^\s:/@"']*:)[^\s/"']+(?=@)       # the password of a URL
    | (?P<hook>hooks\.slack\.com/)[\w/-]+                          # response URLs are bearer secrets
    | (?P<bearer>\bBearer\s+)[A-Za-z0-9._~+/=-]+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def redact(text: str) -> str:
    """``text`` with Slack tokens, URL passwords, response URLs and bearer tokens masked."""
    return _SECRETS.sub(lambda match: (match[match.lastgroup] if match.lastgroup else "") + MASK, text)
