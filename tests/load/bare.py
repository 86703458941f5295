"""A bare Bolt app as a process: it acknowledges, and that is all. ``python -m tests.load.bare PORT``."""

from __future__ import annotations

import re
import sys

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from tests.load import company
from tests.load.traffic import SECRET


def bare_app() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=company.HOME, bot_token="xoxb-load", bot_id="B1", bot_user_id="U1"
        )

    app = AsyncApp(client=AsyncWebClient(), authorize=authorize, signing_secret=SECRET)

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.event(re.compile("."))(acknowledge)
    app.command(re.compile("^/"))(acknowledge)
    app.view(re.compile("."))(acknowledge)
    return app


def main() -> None:
    app = bare_app()

    async def slack(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    site.router.add_post("/slack/events", slack)
    web.run_app(site, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
