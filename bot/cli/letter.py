"""``fencun letter``: a case in, a letter out: as text, and as a DOCX or PDF file."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.clock import clock_in
from bot.adapters.documents.documents import LetterFiles
from bot.adapters.logs import configure_logs
from bot.cli.draft import Drafting
from bot.cli.jsonl import Item, parse_object
from bot.cli.parser import Subparsers, add_now
from bot.customers import open_crm
from bot.domain.drafting.model import Tone
from bot.domain.letters.model import Letter, LetterKind, Sender
from bot.domain.reading.model import Variant
from bot.knowledge import load_knowledge
from bot.ports import DocumentForm
from config.settings import load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "letter",
        description="Write a letter for a case: the formal reply in four parts, a memo or status that the contact can "
        "forward, a text that saves the contact's face, or one for an executive. The text goes to stdout. What nobody "
        "told us is left as a blank, 【待填：…】.",
    )
    parser.add_argument(
        "--case", required=True, metavar="FILE.json", help="the case, an object as fencun draft takes it; - is stdin"
    )
    parser.add_argument("--kind", type=LetterKind, choices=list(LetterKind), default=LetterKind.FORMAL, metavar="KIND",
                        help=f"{' | '.join(LetterKind)} (default: formal)")  # fmt: skip
    parser.add_argument("--tone", type=Tone, choices=list(Tone), default=Tone.FIRM, metavar="TONE",
                        help=f"{' | '.join(Tone)} (default: firm); a formal reply has one voice")  # fmt: skip
    parser.add_argument("--company", help="our company's name over and under a formal reply")
    parser.add_argument("--signer", help="who answers for it, with a telephone number")
    parser.add_argument("--out", type=_target, metavar="FILE", help="write it to FILE.docx or FILE.pdf as well")
    add_now(parser)


def run(args: argparse.Namespace) -> int:
    letter = asyncio.run(_write(args, _read(args.case)))
    if args.out is not None:
        args.out.write_bytes(LetterFiles().render(letter, DocumentForm(args.out.suffix[1:].lower())))
    print(letter.text)
    return 0


async def _write(args: argparse.Namespace, item: Item) -> Letter:
    settings = load_settings(args.config)
    configure_logs("error", settings.log.format)
    knowledge = load_knowledge(settings)
    clock = clock_in(ZoneInfo(knowledge.policy.timezone), args.now)
    async with open_crm(settings, knowledge.policy, clock) as crm:
        case, readings = await Drafting(knowledge, crm, clock, Variant(settings.variant)).prepare(item)
    sender = Sender(args.company, args.signer)
    return knowledge.letters.write(case, readings[-1][1], args.kind, sender, args.tone)


def _read(name: str) -> Item:
    """Raises ``CaseInputError`` where it holds no JSON object, ``OSError`` where there is none."""
    return parse_object(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes(), name)


def _target(text: str) -> Path:
    path = Path(text)
    if path.suffix[1:].lower() not in list(DocumentForm):
        raise argparse.ArgumentTypeError(f"{text!r} must end in {' or '.join(f'.{form}' for form in DocumentForm)}")
    return path
