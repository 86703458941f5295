"""What must hold after any number of broken payloads."""

from __future__ import annotations

import re

from tests.fuzz.product import Product

INNARDS = re.compile(r"Traceback|\w+Error\b|\bException\b|File \"|\.py\b|NoneType|object at 0x")
"""How a program speaks to its makers, and to nobody else."""


def nobody_was_troubled(ended: Product) -> None:
    """The product had no fault of its own, and showed nobody how it works inside."""
    defects = ended.defects()
    assert not defects, "\n".join(f"{count} × {defect}" for defect, count in defects.items())
    for shown in ended.shown:
        found = INNARDS.search(shown)
        assert found is None, shown
