"""``fencun scripts``: for those who write the scripts (話術)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.scripts.check import faults_of
from bot.adapters.scripts.plays import load_plays
from bot.cli.parser import Subparsers
from bot.domain.drafting.model import Tone
from bot.domain.drafting.plays import Move, Need, Playbook
from bot.domain.errors import CaseInputError
from bot.domain.reading.model import Variant
from config.settings import PACKAGED_SCRIPTS, load_settings


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("scripts", description="Check the script files, or preview a play.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser(
        "check",
        help="validate every file",
        description="Validate every script file; print `file: field: reason` for each fault, and leave with 1 if any.",
    )
    preview = actions.add_parser(
        "preview",
        help="show all wordings of a play",
        description="Show a play move by move: all its wordings, in both tones and both variants.",
    )
    preview.add_argument("play", metavar="PLAY", help="the play's id")
    for action in (check, preview):
        action.add_argument("--dir", type=Path, metavar="DIR", help="folder to look at (default: FENCUN_SCRIPTS_DIR)")


def run(args: argparse.Namespace) -> int:
    folder: Path = args.dir or load_settings(args.config).scripts_dir
    if args.action == "preview":
        return _preview(folder, args.play)
    return _check(folder)


def _check(folder: Path) -> int:
    faults = faults_of(folder, PACKAGED_SCRIPTS)
    for fault in faults:
        print(fault)
    if faults:
        print(f"fencun: {len(faults)} faults in {folder}", file=sys.stderr)
        return 1
    print(f"ok: {sum(1 for _ in folder.rglob('*.yaml'))} files in {folder}")
    return 0


def _preview(folder: Path, name: str) -> int:
    playbook = load_plays(folder / "plays")
    moves = _moves(playbook, name)
    for tone in Tone:
        for variant in Variant:
            print(f"\n── {name} · {tone} · {variant} ──")
            for move, optional in moves:
                print(f"{move.id} ({move.kind}{', optional' if optional else ''})")
                for wording in move.wordings.get((tone, variant), ()):
                    print(f"  · {wording.text}")
                for family, wordings in move.about.items():
                    for wording in wordings[tone, variant]:
                        print(f"  · [{family}] {wording.text}")
    return 0


def _moves(playbook: Playbook, name: str) -> list[tuple[Move, bool]]:
    for play in playbook.plays:
        if play.id == name:
            return [(step.move, step.need is not Need.ALWAYS) for step in play.steps]
    for take_up in playbook.take_ups:
        if take_up.id == name:
            return [(take_up.move, False)]
    raise CaseInputError(f"there is no play {name!r}; there are: {', '.join(sorted(_names(playbook)))}")


def _names(playbook: Playbook) -> Iterator[str]:
    yield from (play.id for play in playbook.plays)
    yield from (take_up.id for take_up in playbook.take_ups)
