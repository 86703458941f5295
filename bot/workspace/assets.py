"""The page's files and people's uploads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.workspace.guard import require_local
from bot.workspace.world import World

_WEB = Path(__file__).with_name("web")
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Assets:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._index),
            web.get("/web/{path:.+}", self._file),
            web.get("/files/{id}/{name}", self._upload),
            web.post("/upload/v1/{ticket}", self._receive),
        ]

    async def _index(self, request: web.Request) -> web.Response:
        require_local(request)
        return _static("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        require_local(request)
        return _static(request.match_info["path"])

    async def _upload(self, request: web.Request) -> web.Response:
        """An uploaded file; only pictures are shown in place, whatever else it claims to be is saved."""
        found = self._world.files.content(request.match_info["id"])
        if found is None:
            raise web.HTTPNotFound
        stored, content = found
        kind = "inline" if stored.mimetype in _SHOWN_INLINE else "attachment"
        disposition = f"{kind}; filename*=UTF-8''{quote(stored.name)}"
        headers = {**_HEADERS, "Content-Disposition": disposition, "Content-Type": stored.mimetype}
        return web.Response(body=content, headers=headers)

    async def _receive(self, request: web.Request) -> web.Response:
        """The second step of an external upload: the bytes as they are, or in the first file of a form."""
        content = b""
        if request.content_type == "multipart/form-data":
            for field in (await request.post()).values():
                if isinstance(field, web.FileField):
                    content = field.file.read()
        else:
            content = await request.read()
        stored = self._world.files.receive(request.match_info["ticket"], content)
        if stored is None:
            raise web.HTTPNotFound(text="invalid upload url")
        return web.Response(text=f"OK - {stored.size}")


def _static(path: str) -> web.Response:
    file = (_WEB / path).resolve()
    if not file.is_relative_to(_WEB.resolve()) or not file.is_file() or file.suffix not in _TYPES:
        raise web.HTTPNotFound
    return web.Response(body=file.read_bytes(), headers=_HEADERS, content_type=_TYPES[file.suffix], charset="utf-8")
