"""Ids that nobody can guess and no two replicas make twice."""

from __future__ import annotations

import secrets

_BYTES = 8  # 64 bits: a collision is not to be expected among billions


class RandomIds:
    """Conforms to ``ports.Ids``."""

    def new(self, kind: str) -> str:
        return f"{kind}_{secrets.token_hex(_BYTES)}"
