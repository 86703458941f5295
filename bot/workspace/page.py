"""What the page asks and hears, beside the acts it shares with the control API."""

from __future__ import annotations

import asyncio
import contextlib
import json
from urllib.parse import urlencode

from aiohttp import BodyPartReader, web

from bot.workspace import snapshot
from bot.workspace.acts.talking import Talking
from bot.workspace.bodies import Act, json_handler
from bot.workspace.errors import Refused
from bot.workspace.filestore import MOST_BYTES
from bot.workspace.guard import require_local
from bot.workspace.model import Json
from bot.workspace.world import World


class Page:
    """``acts`` are those of people, by name."""

    def __init__(self, world: World, acts: dict[str, Act]) -> None:
        self._world = world
        self._acts = acts
        self._talking = Talking(world)

    def routes(self) -> list[web.RouteDef]:
        acts = self._acts | {"reset": self._reset}
        posts = [web.post(f"/page/{name}", json_handler(act, require_local)) for name, act in acts.items()]
        return [
            *posts,
            web.post("/page/upload", self._upload),
            web.get("/page/people", self._people),
            web.get("/page/boot", self._boot),
            web.get("/page/stream", self._stream),
            web.get(r"/archives/{channel}/p{ts:\d{11,}}", self._permalink),
        ]

    async def _people(self, request: web.Request) -> web.Response:
        require_local(request)
        return web.json_response(snapshot.people(self._world.state))

    async def _boot(self, request: web.Request) -> web.Response:
        require_local(request)
        state, config = self._world.state, self._world.config
        try:
            person = state.person(request.query.get("user"))
        except Refused as refused:
            return web.json_response({"error": str(refused)}, status=400)
        connected = await self._world.courier.connected()
        shown = snapshot.boot(state, self._world.installation, person, connected=connected, story=config.story)
        return web.json_response(shown)

    async def _permalink(self, request: web.Request) -> web.Response:
        """A message's permanent address leads to it on the page, whoever looks."""
        channel, digits = request.match_info["channel"], request.match_info["ts"]
        thread = request.query.get("thread_ts") or f"{digits[:-6]}.{digits[-6:]}"
        raise web.HTTPFound(f"/?{urlencode({'channel': channel, 'thread': thread})}")

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        require_local(request)
        try:
            person = self._world.state.person(request.query.get("user"))
        except Refused as refused:
            return web.json_response({"error": str(refused)}, status=400)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        with self._world.hub.listen(person.id) as queue:
            await response.prepare(request)
            try:
                await self._pump(queue, response)
            except ConnectionError:  # the page went away
                return response
        return response

    async def _pump(self, queue: asyncio.Queue[Json], response: web.StreamResponse) -> None:
        """Sockets tell of themselves; a bot behind HTTP is looked after at each heartbeat."""
        shown: bool | None = None
        while True:
            connected = await self._world.courier.connected()
            if connected != shown:
                shown = connected
                await response.write(_frame({"type": "connection", "connected": connected}))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._world.config.timing.heartbeat):
                    while True:
                        await response.write(_frame(await queue.get()))
            await response.write(b": still here\n\n")

    async def _upload(self, request: web.Request) -> web.Response:
        require_local(request)
        try:
            fields, name, content = await _multipart(request)
            shared = await self._talking.upload(fields, name, content)
        except Refused as refused:
            return web.json_response({"error": str(refused)}, status=400)
        return web.json_response(shared)

    async def _reset(self, _body: Json) -> Json:
        await self._world.reset()
        return {}


async def _multipart(request: web.Request) -> tuple[Json, str, bytes]:
    """Fields, and name and bytes of the one file. Raises ``Refused`` for anything else."""
    if request.content_type != "multipart/form-data":
        raise Refused("expected multipart/form-data")
    fields: Json = {}
    name, content = "", b""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Refused("nested multipart")
        if part.name == "file":
            name, content = part.filename or "file", bytes(await part.read())
        else:
            fields[part.name or ""] = await part.text()
    if not name:
        raise Refused("missing: file")
    if len(content) > MOST_BYTES:
        raise Refused("file_too_large")
    return fields, name, content


def _frame(event: Json) -> bytes:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
