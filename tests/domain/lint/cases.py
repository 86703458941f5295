"""Cases for the lint's tests, spelled by what matters in each."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.cases import Case, Done, LoggedAction, Speaker, Utterance
from bot.domain.contracts import Account, Contract, Customer, Facet, Ref
from bot.domain.lint.context import LintContext

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
REF = Ref("sql", "A-1")


def case(*customer_texts: str, **changes: object) -> Case:
    messages = tuple(Utterance(Speaker.CUSTOMER, text) for text in customer_texts or ("系統掛了",))
    return replace(Case(id="c", now=NOW, messages=messages), **changes)


def context(*customer_texts: str, done: tuple[Done, ...] = (), **changes: object) -> LintContext:
    return LintContext.of(case(*customer_texts, actions=tuple(LoggedAction(kind) for kind in done), **changes))


def account(*, since: date | None = None, ends: date | None = None) -> Account:
    contract = Contract(REF, "C-1", "maintenance", "ERP", date(2025, 1, 1), ends)
    return Account(
        customer=Customer(REF, "永豐紡織", since=since),
        contracts=Facet((contract,)),
        as_of=NOW,
        stale=False,
        source="sql",
    )
