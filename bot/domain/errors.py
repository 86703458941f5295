"""The tree of errors.

    FencunError
    ├── ScriptsError            a file under scripts_zh/ (or the policy file) is faulty
    ├── SettingsError           a setting is missing or malformed
    ├── StoreError              the database cannot be used
    │   └── StaleWrite          somebody else wrote first; read again
    ├── CaseInputError          a line of a --jsonl stream is not what the command takes
    ├── CrmError                the CRM cannot answer
    │   ├── CrmAuthFailed
    │   ├── CrmForbidden
    │   ├── CrmNotFound
    │   ├── CrmBadRequest       our own bug, never retried
    │   ├── CrmUnsupported      the adapter lacks this facet
    │   └── CrmRetryable
    │       ├── CrmRateLimited  carries retry_after
    │       └── CrmUnavailable
    ├── ChatError               the chat platform refused or cannot be reached
    │   ├── ChatRefused         carries the platform's code (``no_text`` …)
    │   │   ├── ChatClosed      a channel is closed to the bot until somebody lets it in
    │   │   └── ChatLockedOut   the platform no longer takes the bot's credentials
    │   └── ChatUnreachable     the outcome of the call is unknown
    ├── NotAllowed              this person may not do this here
    ├── NotKnown                a command or form of another version
    ├── Gone                    what was named is not there, or not any more
    ├── TooSlow                 a form could not be answered in time; nothing was done
    ├── DecidedBefore           an escalation is decided once
    ├── NotPending              an escalation that waits for no decision, or has none to change
    ├── RevisionRefused         a decision is changed by its maker, at once, before the customer was told
    │   ├── RevisionNotYours
    │   ├── RevisionPassedOn
    │   └── RevisionTooLate
    ├── AnsweredBefore          a question is answered once
    ├── TakenBefore             somebody else follows the opportunity up
    ├── OnHold                  the customer is not to be contacted now
    ├── CaseMoved               somebody closed, reopened, merged or split the case meanwhile
    ├── PlaceShared             an internal post would be read by another organisation
    └── SentBefore              a draft is sent once

An error carries a ``key`` and placeholders; the Chinese that people read lives in ``scripts_zh/texts``.
``str(error)`` is for operators and logs, in English, one line.
"""

from __future__ import annotations

from typing import ClassVar


class FencunError(Exception):
    """Base of all errors that are ours to explain. ``params`` fill the text named by ``key``."""

    key: ClassVar[str] = "error.unexpected"

    def __init__(self, message: str = "", **params: object) -> None:
        super().__init__(message or self.key)
        self.params = params


class ScriptsError(FencunError):
    """One or more data files are faulty; ``faults`` holds ``file: field: reason`` lines."""

    key = "error.scripts"

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults), faults=faults)
        self.faults = faults


class SettingsError(FencunError):
    key = "error.settings"


class StoreError(FencunError):
    key = "error.store"


class StaleWrite(StoreError):
    key = "error.store.stale"


class CaseInputError(FencunError):
    key = "error.case_input"


class CrmError(FencunError):
    key = "error.crm"


class CrmAuthFailed(CrmError):
    key = "error.crm.auth"


class CrmForbidden(CrmError):
    key = "error.crm.forbidden"


class CrmNotFound(CrmError):
    key = "error.crm.not_found"


class CrmBadRequest(CrmError):
    key = "error.crm.bad_request"


class CrmUnsupported(CrmError):
    key = "error.crm.unsupported"


class CrmRetryable(CrmError):
    """The same question may be answered if it is asked again."""


class CrmRateLimited(CrmRetryable):
    key = "error.crm.rate_limited"

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.retry_after = retry_after


class CrmUnavailable(CrmRetryable):
    key = "error.crm.unavailable"


class ChatError(FencunError):
    key = "error.chat"


class ChatRefused(ChatError):
    """The platform answered no; ``code`` is its own word for why."""

    key = "error.chat.refused"

    def __init__(self, code: str, method: str = "") -> None:
        super().__init__(f"{method}: {code}" if method else code, code=code, method=method)
        self.code = code


class ChatClosed(ChatRefused):
    """Nothing can be said in ``channel`` until somebody lets the bot in, or opens the channel again."""

    def __init__(self, code: str, method: str, channel: str) -> None:
        super().__init__(code, method)
        self.channel = channel


class ChatLockedOut(ChatRefused):
    """The platform no longer takes the bot's credentials: nothing at all can be said until an operator mends it."""

    key = "error.chat.locked_out"


class ChatUnreachable(ChatError):
    """No answer came; whether the call took effect is unknown."""

    key = "error.chat.unreachable"


class NotAllowed(FencunError):
    """The actor, in this channel, may not do this."""

    key = "error.not_allowed"


class NotKnown(FencunError):
    """Somebody used what this version of the product does not have."""

    key = "error.not_known"


class Gone(FencunError):
    """A case, a draft or an escalation is named that is not there, or not any more."""

    key = "error.gone"


class TooSlow(FencunError):
    """The platform waits three seconds for what becomes of a form; nothing was done by then."""

    key = "error.too_slow"


class DecidedBefore(FencunError):
    key = "error.decided_before"


class NotPending(FencunError):
    key = "error.not_pending"


class RevisionRefused(FencunError):
    """A decision can no longer be changed."""


class RevisionNotYours(RevisionRefused):
    key = "error.revision.not_yours"


class RevisionPassedOn(RevisionRefused):
    key = "error.revision.passed_on"


class RevisionTooLate(RevisionRefused):
    key = "error.revision.too_late"


class AnsweredBefore(FencunError):
    key = "error.answered_before"


class TakenBefore(FencunError):
    key = "error.taken_before"


class OnHold(FencunError):
    key = "error.on_hold"


class SentBefore(FencunError):
    key = "error.sent_before"


class CaseMoved(FencunError):
    """Somebody closed, reopened, merged or split the case meanwhile."""

    key = "error.case_moved"


class FollowsLater(FencunError):
    """It is stored; those who have to hear of it will, by themselves, once the chat platform can be reached."""

    key = "error.follows_later"


class PlaceShared(FencunError):
    """What is internal was about to be posted where another organisation reads along."""

    key = "error.place_shared"
