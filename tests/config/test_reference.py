from pathlib import Path

import pytest

from config.reference import BEGIN, END, renewed, rows, variables

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.zh-TW.md"])
def test_the_table_of_settings_is_the_models(name: str):
    text = (ROOT / name).read_text("utf-8")

    assert renewed(text, translated=name != "README.md") == text, "run `make docs`"


def test_the_translated_table_describes_every_setting_in_chinese():
    text = (ROOT / "README.zh-TW.md").read_text("utf-8")
    lines = text.split(BEGIN)[1].split(END)[0].strip().splitlines()[2:]

    assert len(lines) == len(list(rows()))
    assert [line for line in lines if not any("一" <= sign <= "鿿" for sign in line.split(" | ")[-1])] == []


def test_a_new_setting_is_added_and_a_translation_is_kept():
    old = f"x\n{BEGIN}\n| 變數 |\n|---|\n| `FENCUN_CRM` | `crm` | – | 我們的 CRM |\n{END}\ny\n"

    new = renewed(old, translated=True)

    assert "| `FENCUN_CRM` | `crm` | `sample` | 我們的 CRM |" in new
    assert "| `FENCUN_TRANSPORT` |" in new
    assert (new.startswith("x\n"), new.endswith("\ny\n")) == (True, True)


def test_every_variable_is_of_ours_or_of_slack():
    assert all(name.startswith(("FENCUN_", "SLACK_")) for name in variables())
    assert len(set(variables())) == len(variables())
