import pytest

from bot.adapters.scripts.texts import load_texts
from bot.domain.desk import Locale
from bot.domain.drafting.ladder import _GUARDS
from bot.domain.drafting.proposals import _RULES
from bot.domain.errors import ScriptsError
from tests.casebook import SCRIPTS


def write(folder, **files):
    for locale, text in files.items():
        (folder / locale).mkdir(exist_ok=True)
        (folder / locale / "a.yaml").write_text(text, "utf-8")


def test_texts_are_looked_up_by_key_and_language(tmp_path):
    write(tmp_path, hant="hi: 您好 {name}", hans="hi: 你好 {name}", en="hi: Hello {name}")
    texts = load_texts(tmp_path)
    assert texts.get("hi", Locale.EN, name="An") == "Hello An"
    assert texts.get("hi", "hant", name="安") == "您好 安"
    assert "hi" in texts


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"hant": "a: 甲\nb: 乙", "hans": "a: 甲", "en": "a: A\nb: B"}, "hans: b: is missing"),
        ({"hant": "a: '{x}'", "hans": "a: '{x}'", "en": "a: A"}, "other placeholders"),
        ({"hant": "a: [1]", "hans": "a: 甲", "en": "a: A"}, "a.yaml: a:"),
    ],
)
def test_what_one_language_lacks_is_a_fault(tmp_path, files, reason):
    write(tmp_path, **files)
    with pytest.raises(ScriptsError) as raised:
        load_texts(tmp_path)
    assert any(reason in fault for fault in raised.value.faults), raised.value.faults


def test_every_reason_and_every_missing_guard_has_its_text():
    texts = load_texts(SCRIPTS / "texts")
    keys = {reason for _, reason, _ in _RULES} | {key for guards in _GUARDS.values() for key, _ in guards}
    assert [key for key in sorted(keys) if key not in texts] == []
