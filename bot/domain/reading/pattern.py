r"""The small language of the lexicon, and its translation into regular expressions.

    律师函          these characters              (甲|乙)   either
    {engineer}     any word of that class        [找问]    one of these characters
    人员?           the last item may be absent   #         a number, Arabic or Chinese
    ~4             up to 4 characters, same clause
    ..8            up to 8 characters, same sentence
    ^ … $          begins, ends a clause; $ also as the last branch of a bracket: (吗|$)
    \?             this very mark

There is no star and every gap is bounded, so no pattern can backtrack without end. From each pattern the
*needs* are kept: sets of literals of which at least one must occur. They decide, before any regular
expression runs, whether the pattern can match at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.domain.reading.normalise import normalise

MAX_GAP = 30
_NUMBER = "[0-9一二两三四五六七八九十百千万半几多]{1,6}"
_CLAUSE_END = r'(?=[,:;。!?、\n…~"]| +[^ -~]|$)'
_RESERVED = set("()[]{}|?#~^$.*+\\")
_PLAIN = re.compile(r"[^()\[\]{}|?#~^$.*+\\]+(?!\?)")
"""A run of ordinary characters; the one before a question mark stands apart."""
_WORDS = re.compile(r"[^()\[\]{}?#~^$.*+\\]+(?=\)|$)")
"""Nothing but words up to the end of a choice, as most choices are."""

Need = frozenset[str]


class PatternError(ValueError):
    """The pattern is not of the language; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A translated piece. ``needs`` are the literal sets it cannot match without."""

    regex: str
    needs: tuple[Need, ...] = ()
    literals: Need | None = None
    """All the strings it can match, where it is a plain choice of words."""


@dataclass(frozen=True)
class Pattern:
    """``expression`` is always valid: it is built from escaped parts. It is compiled when a text first needs it,
    because compiling two thousand patterns would delay every start.
    """

    source: str
    expression: str
    needs: tuple[Need, ...]
    opens: bool

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.expression)

    def compile(self) -> None:
        """Ahead of the first text that needs it."""
        _ = self.regex


def compile_pattern(source: str, classes: Mapping[str, Fragment]) -> Pattern:
    """Raises ``PatternError``. ``classes`` are the word classes, already translated."""
    opens = source.startswith("^")
    body = source[1:] if opens else source
    fragment = translate(body, classes)
    if not fragment.needs:
        raise PatternError("would match anywhere: it needs at least one fixed word")
    if re.match(r"^(\(|\s)*(~|\.\.)\d", body):
        raise PatternError("begins with a gap")
    return Pattern(source, fragment.regex, fragment.needs, opens)


def translate(source: str, classes: Mapping[str, Fragment]) -> Fragment:
    """Translates a pattern or an entry of a word class. Raises ``PatternError``."""
    parser = _Parser(normalise(source.strip()), classes)
    fragment = parser.choice()
    if parser.at < len(parser.text):
        raise PatternError(f"unexpected {parser.text[parser.at]!r} at character {parser.at + 1}")
    return fragment


def any_of(fragments: list[Fragment]) -> Fragment:
    """One fragment that matches what any of ``fragments`` does; longer literals are tried first."""
    if len(fragments) == 1:
        return fragments[0]
    ordered = sorted(fragments, key=lambda f: -max((len(w) for w in f.literals or ("",)), default=0))
    regex = "(?:" + "|".join(f.regex for f in ordered) + ")"
    if all(f.literals is not None for f in fragments):
        words = frozenset().union(*(f.literals or frozenset() for f in fragments))
        return Fragment(regex, (words,), words)
    if all(f.needs for f in fragments):
        return Fragment(regex, (frozenset().union(*(_sharpest(f.needs) for f in fragments)),))
    return Fragment(regex)


def _either(words: list[str]) -> Fragment:
    """``any_of`` for words: the longer ones are tried first."""
    literals = frozenset(words)
    regex = re.escape("\0".join(sorted(words, key=len, reverse=True))).replace("\0", "|")
    return Fragment(regex if len(words) == 1 else f"(?:{regex})", (literals,), literals)


def _sharpest(needs: tuple[Need, ...]) -> Need:
    """The need that rules out most: long words, few of them."""
    return max(needs, key=lambda need: (min(map(len, need)), -len(need)))


class _Parser:
    def __init__(self, text: str, classes: Mapping[str, Fragment]) -> None:
        self.text = text
        self.classes = classes
        self.at = 0

    def choice(self) -> Fragment:
        plain = _WORDS.match(self.text, self.at)
        if plain and all(words := plain.group().split("|")):
            self.at = plain.end()
            return _either(words)
        branches = [self.sequence()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        return any_of(branches)

    def sequence(self) -> Fragment:
        regexes: list[str] = []
        needs: list[Need] = []
        run: Need | None = frozenset([""])
        plain = True
        while self._peek() not in {"", "|", ")"}:
            item = self._item()
            optional = self._peek() == "?"
            if optional:
                self.at += 1
                item = Fragment(f"(?:{item.regex})?")
            regexes.append(item.regex)
            joined = _joined(run, item.literals)
            if joined is None:
                plain = False
                needs += [run] if run and run != {""} else []
                needs += [] if item.literals is not None else list(item.needs)
            run = joined if joined is not None else item.literals or frozenset([""])
        if run and run != {""}:
            needs.append(run)
        if not regexes:
            raise PatternError(f"nothing stands at character {self.at + 1}")
        return Fragment("".join(regexes), tuple(needs), run if plain else None)

    def _item(self) -> Fragment:
        plain = _PLAIN.match(self.text, self.at)
        if plain:
            self.at = plain.end()
            return _either([plain.group()])
        char = self._peek()
        if char == "{":
            return self._word_class()
        if char == "(":
            return self._group()
        if char == "[":
            return self._charset()
        if char in "~.":
            return self._gap()
        self.at += 1
        if char == "#":
            return Fragment(_NUMBER)
        if char == "$":
            return Fragment(_CLAUSE_END)
        if char == "\\" and self._peek():
            char = self._peek()
            self.at += 1
            return _either([char])
        if char in _RESERVED:
            raise PatternError(f"unexpected {char!r} at character {self.at}")
        return _either([char])

    def _word_class(self) -> Fragment:
        name = self._until("}")
        if name not in self.classes:
            raise PatternError(f"there is no word class {name!r}")
        return self.classes[name]

    def _group(self) -> Fragment:
        self.at += 1
        inner = self.choice()
        if self._peek() != ")":
            raise PatternError("a bracket is not closed")
        self.at += 1
        return Fragment(f"(?:{inner.regex})", inner.needs, inner.literals)

    def _charset(self) -> Fragment:
        pieces = _PIECES.findall(self._until("]"))
        if not pieces:
            raise PatternError("an empty [] matches nothing")
        if backwards := next((f"{first}-{last}" for first, last in pieces if last and last < first), None):
            raise PatternError(f"the range {backwards!r} runs backwards")
        chars = frozenset(chr(code) for first, last in pieces for code in range(ord(first), ord(last or first) + 1))
        regex = "".join(re.escape(first) + (last and "-" + re.escape(last)) for first, last in pieces)
        return Fragment(f"[{regex}]", (chars,), chars) if len(chars) <= _MOST_WORDS else Fragment(f"[{regex}]")

    def _gap(self) -> Fragment:
        mark = re.compile(r"(~|\.\.)(\d{1,2})").match(self.text, self.at)
        if mark is None or not 0 < int(mark.group(2)) <= MAX_GAP:
            raise PatternError(f"a gap is ~N or ..N with N from 1 to {MAX_GAP} (character {self.at + 1})")
        self.at = mark.end()
        return Fragment(("[^,;:]" if mark.group(1) == "~" else ".") + f"{{0,{mark.group(2)}}}")

    def _until(self, close: str) -> str:
        end = self.text.find(close, self.at)
        if end < 0:
            raise PatternError(f"{close!r} is missing")
        inner = self.text[self.at + 1 : end]
        self.at = end + 1
        return inner

    def _peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""


_MOST_WORDS = 60
_PIECES = re.compile("(.)(?:-(.))?")
"""Characters and ranges such as ``0-9``."""


def _joined(run: Need | None, following: Need | None) -> Need | None:
    """Every word of ``run`` followed by every word of ``following``, while that stays a short list."""
    if run is None or following is None or len(run) * len(following) > _MOST_WORDS:
        return None
    return frozenset(a + b for a in run for b in following)
