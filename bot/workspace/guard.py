"""Page and control API act as anybody without a password, so they answer this machine alone."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

_NAMES = {"localhost", "127.0.0.1", "::1"}


def require_local(request: web.Request) -> None:
    """Refuses other machines, foreign host names (DNS rebinding) and other sites' pages (cross-site requests)."""
    if not _loopback(request.remote or ""):
        raise web.HTTPForbidden(text="loopback only")
    if urlsplit(f"//{request.host}").hostname not in _NAMES:
        raise web.HTTPForbidden(text="unknown host name")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="foreign origin")


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False
