"""The values a wording may draw on, each with where it came from. What is not known has no slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.cases import Severity, Speaker
from bot.domain.contracts import Contract, ContractState, state_on
from bot.domain.drafting import asked, phrasing, record
from bot.domain.drafting.estimates import once_price, renewal_price
from bot.domain.drafting.hours import hours_ahead
from bot.domain.drafting.model import Fact
from bot.domain.drafting.naming import name_of
from bot.domain.drafting.quoting import (
    clean,
    fits_variant,
    quote_owed,
    quote_symptom,
    quote_words,
    ranked_items,
    spans_of,
)
from bot.domain.drafting.situation import Flag
from bot.domain.drafting.sources import Found, Sources, local
from bot.domain.drafting.stakes import quote_stake
from bot.domain.drafting.standing import names_product, today_of
from bot.domain.drafting.things import quote_event, quote_thing
from bot.domain.drafting.worktime import first_word_at
from bot.domain.reading.model import DateMention, Intent, Precision, Reading, Span, Tactic, Variant
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise

SLOTS = frozenset(
    {
        "product", "symptom", "claim", "asked", "deadline", "promised", "due", "end", "start", "number", "renewal",
        "one_off", "hours", "by_reply", "by_decision", "by_progress", "every", "offer", "discount", "conditions",
        "owner", "since", "name", "stake", "owed", "thing", "event", "needed", "price", "item1", "item2", "item3",
        "item4", "too_soon", "engineer_at", "boss_at", "waiver_at", "found", "keeper", "promise", "terms", "ways",
        "ground", "cover", "asking", "bid", "colleague", "due_by", "pledge", "waived", "redress", "in_force",
    }
)  # fmt: skip
"""Every slot a wording may name; ``bot.adapters.scripts.plays`` refuses others."""

QUOTED = frozenset(
    {
        "thing", "event", "needed", "symptom", "stake", "claim", "asked", "deadline", "promised", "owed", "asking",
        "bid", "colleague",
    }
)  # fmt: skip
"""What the customer said."""
TOLD_BRIEFLY = QUOTED - {"claim", "asked", "deadline", "needed", "promised", "stake", "bid", "colleague"} | {"since"}
"""What is left out for room: their words except for sums, times and what is at stake, and how long they are ours."""
TROUBLE = frozenset({"thing", "symptom", "event"})
"""Three ways to name what is wrong, of which a draft uses one."""
OUR_WORDS = frozenset({"found", "terms", "ways", "ground", "promise", "pledge", "waived", "conditions"})
"""What our own people wrote: like a customer's words it is left out where the lint objects to it."""
ONCE = QUOTED | {"since", "hours", "end", "found", "engineer_at", "boss_at", "waiver_at", "one_off", "renewal"}
ONCE |= {"due", "due_by", "keeper", "promise", "pledge"}
"""What is said once in a draft, however many moves could say it."""

MAX_NAME = 16
_CUSTOMER = "customer:message"
_SOON = timedelta(days=10)
_TERM_AFTER = re.compile(r"[^，。！？,.!?]{0,4}(?:到期|過期|过期|期滿|期满|[續续][約约費费])")
_TERM_BEFORE = re.compile(r"(?:保固|保修|合[約约同]|維[保護]|维[保护])[^，。！？,.!?]{0,8}$")
_PRESSING = re.compile(
    r"(?<!每.{2})(?<!每到.{2}).{0,3}?(?:要|得|有|必[須须]|[檢检][查]|截止|到期|[開开][幕始店播業业]|[發发][薪放]|上[線线]|[關关结結][帳账])"
)


_ELSEWHERE = re.compile(r"[別别]家[^，。！？,.!?]*$|同[業业][^，。！？,.!?]*$")
"""A time before which somebody else does something."""

Slots = Mapping[str, Fact]


def slots_of(sources: Sources) -> Slots:
    """Only what may be said in this situation: no contract fact where the contract is not known."""
    found: dict[str, Fact] = {}
    groups = (
        _settings, _customer_words, _contract, _account, _estimate,
        asked.words, record.logged, record.found, record.promises, record.decision,
    )  # fmt: skip
    for group in groups:
        for name, text, source in group(sources):
            if text:
                found.setdefault(name, Fact(text, source))
    return found


def _settings(sources: Sources) -> Found:
    policy, variant, first = sources.policy, sources.reading.variant, _first_word_within(sources)
    decision, progress = timedelta(hours=policy.decision_within_hours), timedelta(hours=policy.progress_every_hours)
    yield "by_reply", _within(sources, first), "setting:first_word_within_minutes"
    yield "too_soon", _too_soon(sources, first), _CUSTOMER
    yield "by_progress", _within(sources, min(first, progress)), "setting:first_word_within_minutes"
    yield "by_decision", _within(sources, decision), "setting:decision_within_hours"
    yield "every", phrasing.say_every(policy.progress_every_hours, variant), "setting:progress_every_hours"


def _first_word_within(sources: Sources) -> timedelta:
    severity = sources.case.triage.severity or Severity.MEDIUM
    minutes = sources.policy.first_word_within_minutes
    urgent = Flag.URGENT in sources.situation.flags
    return timedelta(minutes=min(minutes[severity], minutes[Severity.HIGH]) if urgent else minutes[severity])


def _within(sources: Sources, span: timedelta) -> str:
    now = local(sources.case.now, sources.policy)
    return phrasing.say_time(_word_at(sources, span), now, sources.reading.variant)


def _word_at(sources: Sources, span: timedelta) -> datetime:
    return first_word_at(sources.case.now, span, _ahead(sources), sources.policy, sources.calendar)


def _ahead(sources: Sources) -> list[datetime]:
    message, now = sources.case.last_customer_message, local(sources.case.now, sources.policy)
    return hours_ahead(message.text, sources.reading, now) if message else []


def _too_soon(sources: Sources, span: timedelta) -> str | None:
    """The hour that matters to the customer and that our first word cannot come before."""
    nearest = min(_ahead(sources), default=None)
    if nearest is None or nearest >= _word_at(sources, span):
        return None
    return phrasing.say_time(nearest, local(sources.case.now, sources.policy), sources.reading.variant)


def _customer_words(sources: Sources) -> Found:
    message = sources.case.last_customer_message
    if message is None:
        return
    text, reading = message.text, sources.reading
    trouble = spans_of(reading, Intent.SUPPORT_REQUEST)
    said = (text, *_before(sources))
    things = (quote_thing(words, trouble if words is text else [], reading.variant) for words in said)
    thing = _newest(words for words in things if words and not _is_other_product(words, sources))
    yield "thing", thing, _CUSTOMER
    hanging = (quote_stake(heard.text, reading.variant) for heard in sources.case.unanswered)
    stake = next((words for words in hanging if words), None)
    yield "stake", stake, _CUSTOMER
    symptom = quote_symptom(text, trouble, reading.variant)
    if symptom is None or (stake and (symptom in stake or stake in symptom)):
        symptom = _in_trouble(thing, reading)
    yield "symptom", symptom, _CUSTOMER
    name = name_of(sources.case)
    yield "name", name if name and fits_variant(name, reading.variant) else None, "customer:name"
    yield "owed", quote_owed(text, spans_of(reading, Intent.BROKEN_PROMISE), reading.variant), _CUSTOMER
    if Intent.ALL_URGENT in reading.intents:
        items = ranked_items(text, reading.variant)
        yield from ((f"item{place}", item, _CUSTOMER) for place, item in enumerate(items, 1))
    if Flag.MONEY_WANTED in sources.situation.flags:
        yield "event", _newest(quote_event(words, reading.variant) for words in said), _CUSTOMER
    yield from _amounts(said, reading)
    if Flag.MONEY_WANTED in sources.situation.flags:
        yield "redress", _redress(said, reading.variant), _CUSTOMER
    yield "deadline", _deadline(text, reading), _CUSTOMER
    needed = _needed(text, reading, sources.case.now)
    yield "needed", needed if needed and needed not in (stake or "") else None, _CUSTOMER
    yield "promised", _promised(text, reading, sources.case.now), _CUSTOMER


def _is_other_product(words: str, sources: Sources) -> bool:
    """Whether they name a product under another contract than the one that the case is about."""
    contract, account = sources.situation.standing.contract, sources.case.account
    if contract is None or account is None or names_product(words, contract.product):
        return False
    return any(names_product(words, other.product) for other in account.contracts.items)


def _in_trouble(thing: str | None, reading: Reading) -> str | None:
    """What to say of the trouble where the customer's own words for it cannot be retold."""
    if thing is None or Intent.SUPPORT_REQUEST not in reading.intents:
        return None
    return f"{thing}出狀況" if reading.variant is Variant.HANT else f"{thing}出问题"


_BACK = 4
"""So many earlier messages of the customer may still say what the newest is about."""


def _before(sources: Sources) -> tuple[str, ...]:
    """What the customer wrote before the newest message, newest first."""
    said = [message.text for message in sources.case.messages if message.speaker is Speaker.CUSTOMER]
    return tuple(reversed(said[:-1]))[:_BACK]


def _newest(found: Iterable[str | None]) -> str | None:
    return next((words for words in found if words), None)


def _amounts(said: Sequence[str], reading: Reading) -> Found:
    """``claim`` is the largest sum of a damage claim, ``asked`` the sum of any other demand for money."""
    named = ((text, reading.amounts if text is said[0] else find_amounts(normalise(text))) for text in said)
    text, amounts = next(((text, found) for text, found in named if found), ("", ()))
    if not amounts:
        return
    largest = max(amounts, key=lambda mention: mention.money.amount)
    words = quote_words(text, largest.span, reading.variant)
    if Intent.DAMAGE_CLAIM in reading.intents:
        yield "claim", words, _CUSTOMER
    elif Intent.COMPENSATION_REQUEST in reading.intents and len(amounts) == 1:
        yield "asked", words, _CUSTOMER


_REFUND = re.compile(r"退(?:[費费款錢钱][用]?|[還还一掉半給给]|.{0,4}(?:[費费款錢钱]|[個个]月))|[費费款錢钱].{0,4}退")


def _redress(said: Sequence[str], variant: Variant) -> str:
    """What the demand for money is called: by its own name where they want their fee back."""
    refund = any(_REFUND.search(text) for text in said)
    hant = variant is Variant.HANT
    return ("退費" if hant else "退费") if refund else ("補償" if hant else "补偿")


def _deadline(text: str, reading: Reading) -> str | None:
    if Tactic.ULTIMATUM not in reading.tactics:
        return None
    spans = (mention.span for mention in reading.dates if mention.before and not _of_the_contract(text, mention.span))
    return next((words for span in spans if (words := quote_words(text, span, reading.variant))), None)


def _needed(text: str, reading: Reading, now: datetime) -> str | None:
    """The day or hour ahead by which the customer says they need it."""
    for mention in reading.dates:
        ahead = mention.at is not None and now < mention.at < now + _SOON and not mention.ambiguous
        pressing = mention.before or bool(_PRESSING.match(text, mention.span[1]))
        elsewhere = _ELSEWHERE.search(text, max(0, mention.span[0] - MAX_NAME), mention.span[0])
        if ahead and pressing and not elsewhere and not _of_the_contract(text, mention.span):
            return quote_words(text, mention.span, reading.variant)
    return None


def _of_the_contract(text: str, span: Span) -> bool:
    """Whether a date says when a contract ends rather than when something is needed."""
    return bool(_TERM_AFTER.match(text, span[1]) or _TERM_BEFORE.search(text, max(0, span[0] - MAX_NAME), span[0]))


def _promised(text: str, reading: Reading, now: datetime) -> str | None:
    """The date of ours that the customer holds against us: one that is not ahead."""
    if Intent.BROKEN_PROMISE not in reading.intents:
        return None
    near = spans_of(reading, Intent.BROKEN_PROMISE)
    for mention in reading.dates:
        beside = any(abs(mention.span[0] - span[0]) <= 2 * MAX_NAME for span in near)
        if beside and not mention.before and mention.at is not None and mention.at < now and not _today(mention, now):
            return quote_words(text, mention.span, reading.variant)
    return None


def _today(mention: DateMention, now: datetime) -> bool:
    """A bare "today" is when they need it, not when we had promised it."""
    return mention.precision is Precision.DAY and mention.at is not None and mention.at.date() == now.date()


def _contract(sources: Sources) -> Found:
    case, variant = sources.case, sources.reading.variant
    standing = sources.situation.standing
    contract = standing.contract
    product = case.triage.product
    if product and (contract is None or names_product(product, contract.product)):
        yield "product", _name(product, variant), "triage:product"
    elif contract:
        yield "product", _name(contract.product, variant), f"crm:contract/{contract.number}/product"
    if contract is None:
        return
    path = f"crm:contract/{contract.number}"
    yield "cover", _cover(contract, variant), f"{path}/kind"
    yield from _in_force(sources, contract)
    yield "number", clean(contract.number, MAX_NAME), f"{path}/number"
    yield from _dates(contract, standing.state, path, variant)
    if once := once_price(case, contract):
        yield "one_off", phrasing.say_money(once, variant), f"{path}/one_off_price"
    if renewal := renewal_price(standing.state, contract):
        yield "renewal", phrasing.say_money(renewal, variant), f"{path}/renewal_price"


def _in_force(sources: Sources, contract: Contract) -> Found:
    """Another contract of theirs that they point to and that is in force, where this one is not."""
    account, today = sources.case.account, today_of(sources.case.now, sources.policy)
    if account is None or Flag.COVERED in sources.situation.flags:
        return
    said = " ".join(message.text for message in sources.case.unanswered)
    for other in account.contracts.items:
        named = other.product != contract.product and names_product(said, other.product)
        if named and state_on(other, today, expiring_within_days=0).covered:
            yield "in_force", _cover(other, sources.reading.variant), f"crm:contract/{other.number}/kind"


def _cover(contract: Contract, variant: Variant) -> str | None:
    """What the contract is called by: ERP 系統維護, 云主机托管; a kind in another language is plain maintenance."""
    product = _name(contract.product, variant)
    if product is None:
        return None
    own = _name(contract.kind, variant)
    kind = own if own and not own.isascii() else "維護" if variant is Variant.HANT else "维保"
    shared = max(size for size in range(len(kind) + 1) if product.endswith(kind[:size]))
    blank = " " if variant is Variant.HANT and product[-1].isascii() and not shared else ""
    return product + blank + kind[shared:]


def _dates(contract: Contract, state: ContractState, path: str, variant: Variant) -> Found:
    if state is ContractState.TERMINATED and contract.terminated:
        yield "end", phrasing.say_date(contract.terminated, variant), f"{path}/terminated_on"
    elif contract.end:
        yield "end", phrasing.say_date(contract.end, variant), f"{path}/end_date"
    if contract.start and state is ContractState.UPCOMING:
        yield "start", phrasing.say_date(contract.start, variant), f"{path}/start_date"


def _account(sources: Sources) -> Found:
    account, variant = sources.case.account, sources.reading.variant
    if account is None:
        return
    path = f"crm:customer/{account.customer.id}"
    yield "owner", _name(account.customer.owner.name, variant), f"{path}/owner_name"
    if Flag.GOOD_CUSTOMER in sources.situation.flags and account.customer.since:
        year = account.customer.since.year
        yield "since", f"{year} 年" if variant is Variant.HANT else f"{year}年", f"{path}/since"


def _name(text: str | None, variant: Variant) -> str | None:
    name = clean(text, MAX_NAME) if text else None
    return name if name and fits_variant(name, variant) else None


def _estimate(sources: Sources) -> Found:
    hours = sources.case.triage.hours
    over = Flag.RESTORED in sources.situation.flags
    if hours is not None and hours > 0 and not over:
        yield "hours", phrasing.say_hours(hours, sources.reading.variant), "triage:hours"
