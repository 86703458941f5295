"""What the loader refuses, so that a faulty script never reaches an agent."""

from pathlib import Path

import pytest

from bot.adapters.scripts.plays import load_plays
from bot.domain.errors import ScriptsError
from tests.casebook import SCRIPTS

GOOD = """
moves:
  hello:
    kind: acknowledge
    empathetic: {hant: [我看到了。], hans: [我看到了。]}
    firm: {hant: [我收到了。], hans: [我收到了。]}
  when:
    kind: next
    empathetic: {hant: ["{by_reply}前回您。"], hans: ["{by_reply}前回您。"]}
    firm: {hant: ["{by_reply}前回覆。"], hans: ["{by_reply}前答复。"]}
plays:
  - {id: one, when: {stages: [triage]}, moves: [hello, when]}
take_ups:
  - {id: up, when: {tactics: [pity]}, move: hello, place: open}
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(ScriptsError) as raised:
        load_plays(tmp_path)
    return raised.value.faults


def test_the_shipped_plays_load():
    book = load_plays(SCRIPTS / "plays")
    assert len(book.plays) > 50
    assert len(book.take_ups) > 20


def test_a_good_file_loads(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    book = load_plays(tmp_path)
    assert [play.id for play in book.plays] == ["one"]
    assert book.plays[0].steps[1].move.wordings["firm", "hant"][0].slots == {"by_reply"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("我收到了。], hans", "我在3天內回。], hans"), "states the figure '3'"),
        (("我收到了。], hans", "'{nothing}收到了。'], hans"), "names the slot {nothing}"),
        (("我收到了。], hans", "收到了] , hans"), "full-width punctuation"),
        (("hans: [我收到了。]", "hans: [這個問題我們會處理。]"), "other variant than hans"),
        (("firm: {hant: [我收到了。]", "firm: {hant: []"), "moves.hello.firm.hant"),
        (('firm: {hant: ["{by_reply}前回覆。"]', "firm: {hant: [我會回覆。]"), "exactly these slots"),
        (("kind: next", "kind: goodbye"), "moves.when.kind"),
        (("[hello, when]", "[hello, nobody]"), "there is no move 'nobody'"),
        (("stages: [triage]", "stages: [heaven]"), "when.stages"),
        (("stages: [triage]", "stages: [triage], needs: [luck]"), "there is no slot 'luck'"),
        (("stages: [triage]", "stages: [triage], concerns: [weather]"), "there is no concern 'weather'"),
        (("我收到了。], hans", "'我〔{thing}收到了。'], hans"), "aside that is not closed"),
        (("我收到了。], hans", "我〔已經〕收到了。], hans"), "without a slot"),
        (("我收到了。], hans", "'〔{thing}，〕我收到了。'], hans"), "exactly these slots: thing"),
        (("stages: [triage]", "moods: [bad]"), "when.moods"),
        (("id: up", "id: one"), "this id is used twice"),
        (("{by_reply}前回您", "{by_reply前回您"), "brace"),
    ],
)
def test_a_fault_is_named_with_file_and_field(tmp_path, change, reason):
    found = faults(tmp_path, GOOD.replace(*change))
    assert any(reason in fault for fault in found), found
    assert all(fault.startswith(str(tmp_path / "a.yaml")) for fault in found)


def test_an_aside_is_said_only_where_its_slots_have_values(tmp_path):
    text = GOOD.replace("我看到了。", "'〔{thing}，〕我看到了〔，{end}〕。'").replace(
        "我收到了。", "'收到〔{thing}〕〔{end}〕。'"
    )
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    move = load_plays(tmp_path).plays[0].steps[0].move
    said = {wording.slots: wording.text for wording in move.wordings["empathetic", "hant"]}
    assert said == {
        frozenset(): "我看到了。",
        frozenset({"thing"}): "{thing}，我看到了。",
        frozenset({"end"}): "我看到了，{end}。",
        frozenset({"thing", "end"}): "{thing}，我看到了，{end}。",
    }
    assert len({wording.id for wording in move.wordings["empathetic", "hant"]}) == 1


def test_a_move_of_one_file_serves_the_plays_of_another(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "b.yaml").write_text("plays:\n  - {id: two, when: {stages: [close]}, moves: [hello]}\n", "utf-8")
    assert {play.id for play in load_plays(tmp_path).plays} == {"one", "two"}


def test_two_files_may_not_share_a_move(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.split("plays:", maxsplit=1)[0], "utf-8")
    with pytest.raises(ScriptsError, match="is already in"):
        load_plays(tmp_path)


def test_an_empty_folder_is_a_fault(tmp_path):
    with pytest.raises(ScriptsError, match="holds no"):
        load_plays(tmp_path)
