"""Finds CRM adapters: the one shipped here and those that other packages offer as entry points.

A plug-in registers a factory in the entry-point group ``fencun.crm``; the entry point's name is the
value of ``FENCUN_CRM``. Plug-ins are loaded one at a time and only when they are asked for, so that one
that is broken costs nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from bot.domain.errors import CrmUnsupported
from bot.ports import CrmAdapter

GROUP = "fencun.crm"


class CrmFactory(Protocol):
    """What a plug-in registers. It connects to nothing yet; ``zone`` is what bare days and times are meant in."""

    def __call__(self, url: str, *, zone: tzinfo) -> CrmAdapter: ...


@dataclass(frozen=True, slots=True)
class Plugin:
    """``fault`` says in one line why it cannot be used; None where it can."""

    name: str
    package: str
    fault: str | None = None


def load(name: str, offered: Iterable[EntryPoint] | None = None) -> CrmFactory:
    """Raises ``CrmUnsupported`` where no such plug-in is installed or it cannot be loaded."""
    found = _offered(offered)
    for entry in found:
        if entry.name == name:
            return _loaded(entry)
    installed = ", ".join(sorted({entry.name for entry in found})) or "none"
    raise CrmUnsupported(f"FENCUN_CRM={name}: no such CRM adapter is installed; there are: {installed}")


def survey(offered: Iterable[EntryPoint] | None = None) -> tuple[Plugin, ...]:
    """Every plug-in, by name, each tried on its own."""
    return tuple(_tried(entry) for entry in sorted(_offered(offered), key=lambda entry: entry.name))


def _offered(offered: Iterable[EntryPoint] | None) -> list[EntryPoint]:
    return list(entry_points(group=GROUP) if offered is None else offered)


def _tried(entry: EntryPoint) -> Plugin:
    package = entry.dist.name if entry.dist else entry.module
    try:
        _loaded(entry)
    except CrmUnsupported as error:
        return Plugin(entry.name, package, str(error))
    return Plugin(entry.name, package)


def _loaded(entry: EntryPoint) -> CrmFactory:
    try:
        factory = entry.load()
    except (Exception, SystemExit) as error:  # somebody else's module may raise anything while it is imported
        reason = f"{type(error).__name__}: {error}"
        raise CrmUnsupported(f"the CRM adapter {entry.name} ({entry.value}) cannot be loaded: {reason}") from error
    if not callable(factory):
        raise CrmUnsupported(f"the CRM adapter {entry.name} ({entry.value}) is no factory; it must be callable")
    return factory  # type: ignore[no-any-return]  # its own conformance tests answer for the type
