"""Writes letters: the reply in four parts, and texts of one piece for other readers. Pure.

Taiwan sends a 函 with 主旨 and 說明, the Mainland a 复函 that names its matter in the title. The words are
plays and labels under ``scripts_zh/``; here they are put together, locked to their facts, and dated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.cases import Case, Fault
from bot.domain.drafting.drafter import Drafter
from bot.domain.drafting.factlock import lock
from bot.domain.drafting.model import Draft, Fact, Tone
from bot.domain.drafting.plays import PlayKind
from bot.domain.drafting.quoting import clean
from bot.domain.drafting.worktime import after_working_hours
from bot.domain.letters.dates import long_date, long_time
from bot.domain.letters.dealings import Dealings
from bot.domain.letters.model import Labels, Letter, LetterKind, Part, Sender
from bot.domain.policy import Policy
from bot.domain.reading.calendar import CountryCalendar
from bot.domain.reading.model import Reading, Variant

_PIECES = {
    LetterKind.MEMO: PlayKind.MEMO,
    LetterKind.STATUS: PlayKind.STATUS,
    LetterKind.EXECUTIVE: PlayKind.EXECUTIVE,
    LetterKind.FACE_SAVING: PlayKind.FACE_SAVING,
}
_SENTENCE = re.compile(r"[^。]+。?")
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_MOST_CHARS = 60
_NOBODY = Sender()


class LetterWriter:
    """Reusable; the same case, reading and sender always give the same letter."""

    def __init__(self, drafter: Drafter, labels: Mapping[Variant, Labels], policy: Policy) -> None:
        self._drafter = drafter
        self._labels = labels
        self._policy = policy
        self._calendar = CountryCalendar(policy.country, policy.workday_end_hour)

    def write(
        self, case: Case, reading: Reading, kind: LetterKind, sender: Sender = _NOBODY, tone: Tone = Tone.FIRM
    ) -> Letter:
        """``tone`` counts for letters of one piece; a formal reply has one voice (rule 53).

        Raises ``LooseFact`` rather than write an unsourced figure.
        """
        desk = _Desk(self, case, reading, self._labels[reading.variant], tone)
        letter = desk.formal(sender) if kind is LetterKind.FORMAL else desk.of_one_piece(kind)
        lock(letter.text, letter.facts)
        return replace(letter, blanks=desk.blanks(letter))

    def said(self, case: Case, reading: Reading, kind: PlayKind, tone: Tone) -> Draft:
        """Every kind has a play that applies to any case, and every play both tones."""
        return next(draft for draft in self._drafter.letter(case, reading, kind) if draft.tone is tone)

    def findings_due(self, now: datetime) -> datetime:
        return after_working_hours(now, self._policy.decision_within_hours, self._policy, self._calendar)

    @property
    def company(self) -> str:
        """The company's own name as the settings give it, or nothing."""
        return self._policy.company

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self._policy.timezone)


class _Desk:
    """One letter in the making, with the facts that it has used so far."""

    def __init__(self, writer: LetterWriter, case: Case, reading: Reading, labels: Labels, tone: Tone) -> None:
        self._writer = writer
        self._case = case
        self._reading = reading
        self._labels = labels
        self._tone = tone
        self._variant = reading.variant
        self._facts: dict[Fact, None] = {}

    def formal(self, sender: Sender) -> Letter:
        words, hant = self._labels, self._variant is Variant.HANT
        customer, company = (
            self._customer(),
            self._given(sender.company or self._writer.company, "company", words.fill_company),
        )
        date, subject = self._today(), self._sentences(PlayKind.FORMAL_SUBJECT)[0]
        opening = "".join((*self._received(), *self._sentences(PlayKind.FORMAL_OPENING)))
        title = f"{company}　{words.titles[LetterKind.FORMAL]}" if hant else subject.rstrip("。")
        number = (words.number, words.fill(words.fill_number))
        signer = words.signer.format(name=self._given(sender.signer, "signer", words.fill_signer))
        return Letter(
            kind=LetterKind.FORMAL,
            variant=self._variant,
            title=title,
            head=((words.to, customer), (words.date, date), number) if hant else (number,),
            addressee="" if hant else f"{customer}：",
            opening=(f"{words.subject}：{subject}", f"{words.body}：{opening}") if hant else (opening,),
            parts=(self._dealings(), self._cause(), self._solution(), self._prevention()),
            closing=words.closing,
            signature=(company, signer) if hant else (company, signer, date),
            facts=tuple(self._facts),
            name=self._name(LetterKind.FORMAL),
            numerals=words.numerals,
        )

    def of_one_piece(self, kind: LetterKind) -> Letter:
        items = self._sentences(_PIECES[kind])
        return Letter(
            kind=kind,
            variant=self._variant,
            title=self._labels.titles[kind],
            head=((self._labels.day, self._today()),),
            addressee="",
            opening=(),
            parts=(Part("", items),),
            closing="",
            signature=(),
            facts=tuple(self._facts),
            name=self._name(kind),
        )

    def blanks(self, letter: Letter) -> int:
        """Each kind of blank counts once: what fills the title fills the signature too."""
        start, end = map(re.escape, self._labels.blank.split("{what}"))
        return len(set(re.findall(f"{start}.*?{end}", letter.text)))

    def _name(self, kind: LetterKind) -> str:
        """Fit for every file system."""
        account, day = self._case.account, self._case.now.astimezone(self._writer.zone).date()
        customer = account.customer.name if account else self._case.id
        return _UNFIT.sub("_", self._labels.file.format(title=self._labels.titles[kind], customer=customer, date=day))

    def _dealings(self) -> Part:
        items = self._sentences(PlayKind.FORMAL_DEALINGS)
        account, heading = self._case.account, self._labels.parts[0]
        if account is None:
            return Part(heading, items)
        dealings = Dealings(account, self._labels, self._variant, self._writer.zone)
        part = Part(heading, items, dealings.tables(), dealings.note())
        self._facts.update(dealings.facts)
        return part

    def _cause(self) -> Part:
        items = self._sentences(PlayKind.FORMAL_CAUSE)
        if self._case.fault is Fault.UNKNOWN:
            due = self._writer.findings_due(self._case.now)
            time = self._fact(long_time(due, self._variant), "setting:decision_within_hours")
            items = (*items, self._labels.findings_due.format(time=time))
        return Part(self._labels.parts[1], items)

    def _solution(self) -> Part:
        return Part(self._labels.parts[2], self._sentences(PlayKind.FORMAL_SOLUTION))

    def _prevention(self) -> Part:
        return Part(self._labels.parts[3], self._sentences(PlayKind.FORMAL_PREVENTION))

    def _received(self) -> tuple[str, ...]:
        """When the customer wrote, where that is known."""
        message = self._case.last_customer_message
        if message is None or message.at is None:
            return ()
        day = long_date(message.at.astimezone(self._writer.zone).date(), self._variant)
        return (self._labels.received.format(date=self._fact(day, "customer:message/at")),)

    def _today(self) -> str:
        day = self._case.now.astimezone(self._writer.zone).date()
        return self._fact(long_date(day, self._variant), "case:now")

    def _customer(self) -> str:
        account = self._case.account
        name = clean(account.customer.name, _MOST_CHARS) if account else None
        if account is None or name is None:
            return self._labels.fill(self._labels.fill_customer)
        return self._fact(name, f"crm:customer/{account.customer.id}/name")

    def _given(self, text: str | None, name: str, blank: str) -> str:
        shown = clean(text, _MOST_CHARS) if text else None
        return self._fact(shown, f"sender:{name}") if shown else self._labels.fill(blank)

    def _sentences(self, kind: PlayKind) -> tuple[str, ...]:
        draft = self._writer.said(self._case, self._reading, kind, self._tone)
        self._facts.update(dict.fromkeys(draft.facts))
        return tuple(sentence.strip() for sentence in _SENTENCE.findall(draft.text))

    def _fact(self, text: str, source: str) -> str:
        self._facts[Fact(text, source)] = None
        return text
