"""The privacy matrix names everything that can be done."""

from __future__ import annotations

from pathlib import Path

from handlers import names
from tests.privacy.scenes import SCENES
from tests.privacy.table import ACTORS, DONE, IGNORED, REFUSED, TOLD, rows

TRIED = {part for file in Path(__file__).parent.glob("test_matrix_*.py") for part in file.read_text().split('"')}


def test_every_name_under_which_slack_sends_something_is_in_the_table() -> None:
    known = {value for name, value in vars(names).items() if name.isupper() and isinstance(value, str)}
    known -= {names.EVENTS_PATH}
    assert known - {row.name for row in rows()} == set()


def test_every_row_says_what_becomes_of_every_actor() -> None:
    written = rows()
    assert {len(row.letters) for row in written} == {len(ACTORS)}
    assert {letter for row in written for letter in row.letters} <= {DONE, REFUSED, TOLD, IGNORED}
    assert len(written) * len(ACTORS) >= 120


def test_no_outsider_can_do_anything_but_write_and_open_a_home_of_their_own() -> None:
    outsiders = [n for n, actor in enumerate(ACTORS) if actor.name in ("customer", "another", "bot", "left", "unknown")]
    done = {row.name for row in rows() if any(row.letters[n] in (DONE, TOLD) for n in outsiders)}
    assert done <= {"message", "home", *(name for name in (row.name for row in rows()) if name.startswith("home_"))}


def test_every_section_has_its_scene_and_is_tried() -> None:
    sections = {row.section for row in rows()}
    assert sections == set(SCENES)
    assert sections <= TRIED
