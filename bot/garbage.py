"""When garbage is looked for: not while a start builds what stays, and afterwards never among that.

Half a million objects are made before a command answers, and hardly one of them goes again. Walking through them as
they come costs a sixth of the start, and later, again and again, a tenth of a second in which nobody is answered.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """Nothing is looked through within, unless ``collect_from_now`` is called."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_from_now() -> None:
    """To be called once everything is built. Does nothing where collecting was not put off."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
