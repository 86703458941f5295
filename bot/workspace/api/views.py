"""views.open, push, update, publish."""

from __future__ import annotations

from bot.workspace import wire
from bot.workspace.api.method import Call, method
from bot.workspace.model import Json, OpenView


def _shown(call: Call, opened: OpenView) -> Json:
    return {"view": wire.view(call.world.state, opened)}


@method("views.open", tier="4", required=("trigger_id", "view"))
async def open_view(call: Call) -> Json:
    return _shown(call, call.world.views.open(call.text("trigger_id"), call.parsed("view", "invalid_arguments")))


@method("views.push", tier="4", required=("trigger_id", "view"))
async def push(call: Call) -> Json:
    return _shown(call, call.world.views.push(call.text("trigger_id"), call.parsed("view", "invalid_arguments")))


@method("views.update", tier="4", required=("view",))
async def update(call: Call) -> Json:
    view = call.parsed("view", "invalid_arguments")
    ids = call.optional("view_id"), call.optional("external_id")
    return _shown(call, call.world.views.update(*ids, view, call.optional("hash")))


@method("views.publish", tier="4", required=("user_id", "view"))
async def publish(call: Call) -> Json:
    view = call.parsed("view", "invalid_arguments")
    return _shown(call, call.world.views.publish(call.text("user_id"), view, call.optional("hash")))
