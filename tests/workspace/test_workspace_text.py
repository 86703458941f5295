"""Typed text can be read back, and smuggles no markup in."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.state import State
from bot.workspace.text import mentions, typed

STATE = State()
_MARKUP = re.compile(
    r"<(@U\w+|#C\w+|!subteam\^S\w+|!here|!channel|!everyone|https?://[^<>|]+|mailto:[^<>|]+\|[^<>|]+)>"
)
_PIECES = st.sampled_from(
    ["<", ">", "&", "@", "<!channel>", "<@U0SUPTW>", "<@U0X|y>", "https://a.b/", "a@b.cc", "@here", "|", "客訴", " "]
)


@given(st.text() | st.lists(_PIECES, max_size=12).map("".join))
def test_every_bracket_left_is_markup_slack_makes(text: str):
    assert not set("<>") & set(_MARKUP.sub("", typed(text, STATE)))


@given(st.text(alphabet=st.characters(exclude_characters="@"), max_size=60))
def test_plain_text_is_read_back_unchanged(text: str):
    stored = re.sub(r"<(https?://[^<>|]+)>", r"\1", typed(text, STATE))
    assert stored.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_who_is_called():
    assert mentions("<@U0SUPTW> 請看", "U0SUPTW", set())
    assert mentions("<!subteam^S0SUP> 請看", "U0SUPTW", {"S0SUP"})
    assert mentions("<!here>", "U0SUPTW", set())
    assert not mentions("&lt;@U0SUPTW&gt; U0SUPTW", "U0SUPTW", {"S0SUP"})
