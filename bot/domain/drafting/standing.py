"""Which one contract a draft may speak of, and whether service is owed at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.cases import Case, Speaker
from bot.domain.contracts import Account, Contract, ContractState, state_on
from bot.domain.drafting.model import ContractStanding
from bot.domain.policy import Policy
from bot.domain.reading.normalise import normalise


class Coverage(StrEnum):
    COVERED = "covered"
    UNCOVERED = "uncovered"
    UNKNOWN = "unknown"
    """Nothing may be said about the contract: no customer, no answer, or no telling which contract is meant."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``contract`` is None without coverage known, and where the customer has no contract at all."""

    coverage: Coverage
    contract: Contract | None = None
    state: ContractState = ContractState.UNKNOWN
    ambiguous: bool = False
    """Several products in different states, and nothing says which one is meant."""


_CLASS = {
    ContractState.ACTIVE: 0,
    ContractState.EXPIRING: 0,
    ContractState.UPCOMING: 1,
    ContractState.EXPIRED: 2,
    ContractState.TERMINATED: 2,
    ContractState.UNKNOWN: 3,
}
_WORD_BREAK = re.compile(r"[\s/、,，&+·()（）]+|(?<=[a-z0-9])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[a-z0-9])")
_GENERIC = re.compile("系统|软件|软体|服务|维护|维保|保固|保修|设备|模块|模组|平台|方案|专案|合约|合同")
_LONGEST = 2000
"""Characters of a message in which a product is looked for: what matters is said early."""
_MIN_WORD = 2


def standing_of(case: Case, policy: Policy) -> Standing:
    """Pure: the day is the day of ``case.now`` in the policy's time zone."""
    account = case.account
    if account is None or not account.contracts.available:
        return Standing(Coverage.UNKNOWN)
    if not account.contracts.items:
        return Standing(Coverage.UNCOVERED)
    today = today_of(case.now, policy)
    rated = [
        (state_on(item, today, expiring_within_days=policy.expiring_within_days), item)
        for item in account.contracts.items
    ]
    best = _best_per_product(rated)
    if len(best) > 1:
        best = _meant(best, case) or best
    if len({_CLASS[state] for state, _ in best}) > 1:
        return Standing(Coverage.UNKNOWN, ambiguous=True)
    state, contract = min(best, key=_order)
    if state is ContractState.UNKNOWN:
        return Standing(Coverage.UNKNOWN)
    return Standing(Coverage.COVERED if state.covered else Coverage.UNCOVERED, contract, state)


def today_of(now: datetime, policy: Policy) -> date:
    return now.astimezone(ZoneInfo(policy.timezone)).date()


def contract_standing(standing: Standing, account: Account | None) -> ContractStanding | None:
    """What may be shown of it, with when and where it was read."""
    contract = standing.contract
    if contract is None or account is None:
        return None
    return ContractStanding(
        state=standing.state,
        number=contract.number,
        product=contract.product,
        end=contract.end,
        as_of=account.as_of,
        stale=account.stale,
        source=account.source,
    )


Rated = tuple[ContractState, Contract]


def _order(rated: Rated) -> tuple[int, int, str]:
    """Covered before upcoming before lapsed; within one class the one that lasts longest."""
    state, contract = rated
    last = (contract.end or date.max).toordinal()
    return _CLASS[state], -last, contract.number


def _best_per_product(rated: list[Rated]) -> list[Rated]:
    best: dict[str, Rated] = {}
    for item in sorted(rated, key=_order):
        best.setdefault(normalise(item[1].product).strip(), item)
    return list(best.values())


def _meant(best: list[Rated], case: Case) -> list[Rated]:
    """Those whose product was named: by the triage, else by the customer, the last message first."""
    estimated = case.triage.product
    if estimated:
        named = [r for r in best if names_product(estimated, r[1].product) or names_product(r[1].product, estimated)]
        if named:
            return named
    for message in reversed(case.messages):
        named = [rated for rated in best if names_product(message.text, rated[1].product)]
        if named and message.speaker is Speaker.CUSTOMER:
            return named
    return []


def names_product(text: str, product: str) -> bool:
    """Whether ``text`` names ``product``: as a whole, or by a word of it that is not a mere category."""
    said, meant = normalise(text[:_LONGEST]), normalise(product)
    telling = [word for word in _WORD_BREAK.split(_GENERIC.sub(" ", meant)) if len(word) >= _MIN_WORD]
    return any(_occurs(word, said) for word in [meant.strip(), *telling] if word)


def _occurs(word: str, text: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
