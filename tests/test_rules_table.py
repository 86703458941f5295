from pathlib import Path

from tests.rules_table import NamedTest, Rule, named_tests, rules, table

DOCUMENT = Path(__file__).parents[1] / "docs" / "rules.md"


def test_the_document_is_made_from_the_tests():
    assert DOCUMENT.read_text("utf-8") == table(rules(), named_tests()), "run `make docs`"


def test_all_ninety_rules_are_held_by_a_test_or_belong_to_a_later_capability():
    listed, tests = rules(), named_tests()

    assert [rule.number for rule in listed] == list(range(1, 91))
    assert [rule.number for rule in listed if not rule.later and rule.number not in tests] == []
    assert set(tests) <= {rule.number for rule in listed}


def test_the_name_of_a_test_says_which_rules_it_holds(tmp_path: Path):
    (tmp_path / "test_any.py").write_text(
        "def test_rules_45_and_46_closing_is_clean(): ...\n"
        "async def test_rule_02_no_refusal_before_triage(): ...\n"
        "def test_of_no_rule(): ...\n"
    )

    found = named_tests(tmp_path)

    assert set(found) == {2, 45, 46}
    assert found[2] == [NamedTest("test_any.py", "no refusal before triage")]
    assert found[45] == found[46] == [NamedTest("test_any.py", "closing is clean")]


def test_a_row_has_its_tests_and_what_comes_later():
    rows = table([Rule(1, "One", "Insight"), Rule(2, "Two")], {2: [NamedTest("a/test_b.py", "it holds")]}).splitlines()

    assert rows[-2:] == ["| 1 | One |  | Insight |", "| 2 | Two | [it holds](../tests/a/test_b.py) |  |"]
