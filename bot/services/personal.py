"""What each of ours asks for themselves: help, the language of the interface, hints on or off; and the first hello."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.domain.desk import Locale, Role
from bot.domain.errors import ChatError
from bot.ports import Chat, Clock, Presenter, Spot
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences

AUTO = "auto"
"""The language that the platform says the person uses."""

Run = Callable[[str, Spot, str, Locale], Awaitable[None]]
"""Gets who asks, where, what stands after the verb, and their language."""


class PersonalService:
    """The verbs of ``/desk`` that concern nobody but the person who types them."""

    def __init__(
        self,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
    ) -> None:
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock
        self._met: set[str] = set()

    def verbs(self) -> dict[str, Run]:
        return {"help": self._help, "language": self._language, "hints": self._hints}

    async def set_language(self, user: str, name: str) -> bool:
        """``name`` is a locale's or ``AUTO``; False where it is neither."""
        await self._people.require(user, *Role)
        if name not in (AUTO, *Locale):
            return False
        await self._preferences.change(user, locale=None if name == AUTO else Locale(name))
        return True

    async def set_hints(self, user: str, *, wanted: bool) -> None:
        await self._people.require(user, *Role)
        await self._preferences.change(user, hints=wanted)

    async def greet(self, user: str, spot: Spot) -> None:
        """Three lines on what this is, the first time one of ours uses a command."""
        if await self.meets(user):
            locale = await self._preferences.locale(user)
            hello = self._presenter.greeting(await self._people.roles(user), locale)
            with suppress(ChatError):  # what they asked for is done; a hello is not worth an error
                await self._chat.whisper(user, spot.channel, hello, thread_ts=spot.thread_ts)

    async def meets(self, user: str) -> bool:
        """True once for each of ours: the first time they come to the desk. Outsiders are never met."""
        if user in self._met or not await self._people.roles(user):
            return False
        self._met.add(user)
        return await self._preferences.meet(user, self._clock.now())

    async def _help(self, user: str, spot: Spot, _: str, locale: Locale) -> None:
        """What the desk does for the roles that ``user`` has."""
        await self._chat.show(user, spot, self._presenter.help(await self._people.roles(user), locale))

    async def _language(self, user: str, spot: Spot, word: str, locale: Locale) -> None:
        """Answers in the language chosen; a word that nobody knows changes nothing and is told the choices."""
        names = (AUTO, *Locale)
        name = next((name for name in names if word.casefold() in self._words(f"language.words.{name}")), None)
        if name is None:
            await self._say(user, spot, "language.unknown" if word else "language.how", locale)
            return
        await self.set_language(user, name)
        await self._say(user, spot, "language.set", await self._preferences.locale(user))

    async def _hints(self, user: str, spot: Spot, word: str, locale: Locale) -> None:
        if word.casefold() in self._words("desk.on"):
            wanted = True
        elif word.casefold() in self._words("desk.off"):
            wanted = False
        else:
            on = (await self._preferences.of(user)).hints
            await self._say(user, spot, "hint.is_on" if on else "hint.is_off", locale)
            return
        await self.set_hints(user, wanted=wanted)
        await self._say(user, spot, "hint.started" if wanted else "hint.stopped", locale)

    def _words(self, key: str) -> frozenset[str]:
        """The words that people use for something, in all languages of the interface."""
        texts = self._knowledge.current.texts
        return frozenset(word.casefold() for locale in Locale for word in texts.get(key, locale).split())

    async def _say(self, user: str, spot: Spot, key: str, locale: Locale) -> None:
        await self._chat.show(user, spot, self._presenter.notice(key, locale))
