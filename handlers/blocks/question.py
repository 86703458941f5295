"""A supervisor's question: as the agent gets it, and the answer as it comes back."""

from __future__ import annotations

from bot.domain.escalations import QuestionRecord
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.words import Words


def question(asked: QuestionRecord, link: str | None, words: Words) -> Content:
    """With the way to answer it; once answered, with the answer."""
    by = kit.mention(asked.asked_by)
    title = words("question.title", by=by)
    head = kit.section(f"{title}\n{kit.quote(asked.text)}")
    if asked.answer is not None:
        who = kit.mention(asked.answered_by or "")
        done = kit.section(f"{words('question.done', by=who)}\n{kit.quote(asked.answer)}")
        return Content(title, (head, done))
    elements = [kit.button(names.QUESTION_ANSWER, words("button.answer"), asked.ts, "primary")]
    if link:
        elements.append(kit.link_button(names.ESCALATION_LINK, words("button.to_thread"), link))
    return Content(title, (head, kit.actions(*elements), kit.context(words("question.how"))))


def answer(asked: QuestionRecord, words: Words) -> Content:
    by, to = kit.mention(asked.answered_by or ""), kit.mention(asked.asked_by)
    title = words("question.answer", by=by, to=to)
    return Content(title, (kit.section(f"{title}\n{kit.quote(asked.text, 200)}\n{kit.escape(asked.answer or '')}"),))
