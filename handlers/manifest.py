"""The Slack app manifest that matches the listeners and the calls of the code."""

from __future__ import annotations

from typing import Any

from handlers import names

SCOPES = {
    "channels:history": "hears public channels it is in",
    "channels:read": "sees whether a channel is shared with another organisation",
    "chat:write": "posts cards, escalations and replies",
    "chat:write.customize": "posts a reply under the agent's name",
    "commands": "slash commands and shortcuts",
    "files:write": "gives an agent the formal reply as Word and PDF",
    "groups:history": "hears private channels it is in",
    "groups:read": "the same check for private channels",
    "im:history": "finds its own post again after a lost answer",
    "im:read": "sees whom a direct message it changes goes to",
    "im:write": "tells agents a decision in a direct message",
    "usergroups:read": "knows who is agent, supervisor, engineer and sales",
    "users:read": "tells our people from outsiders",
    "users:read.email": "finds the sales owner that the CRM names by e-mail",
}

EVENTS = (
    "app_home_opened",
    "channel_archive",
    "channel_rename",
    "channel_shared",
    "channel_unshared",
    "message.channels",
    "message.groups",
    "subteam_members_changed",
    "subteam_updated",
    "user_change",
)

COMMANDS = {
    names.DRAFT_COMMAND: ("為客戶最新的訊息擬兩份回覆，只有你看得到", "[客戶說的話]"),
    names.ESCALATE_COMMAND: ("請主管決定，結果會私訊你", "[原因]"),
    names.DESK_COMMAND: (
        "說明，頻道是哪位客戶，以及在這裡做什麼",
        "help | status | link 客戶 | unlink | mode 模式 | language | hints",
    ),
}


def build_manifest(*, socket_mode: bool, request_url: str | None = None) -> dict[str, Any]:
    """For Socket Mode, or for HTTP at ``request_url`` (``https://…/slack/events``)."""
    address = {} if socket_mode else {"request_url": request_url}
    commands = [
        {"command": name, "description": text, "usage_hint": hint, "should_escape": False}
        | ({} if socket_mode else {"url": request_url})
        for name, (text, hint) in COMMANDS.items()
    ]
    shortcut = {
        "name": "擬回覆",
        "type": "message",
        "callback_id": names.DRAFT_SHORTCUT,
        "description": "為這則客戶訊息擬兩份回覆，只有你看得到",
    }
    return {
        "display_information": {
            "name": "分寸",
            "description": "陪客服說不、守諾、留住續約",
            "background_color": "#1f3a3d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "分寸", "always_online": True},
            "slash_commands": commands,
            "shortcuts": [shortcut],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **address},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
