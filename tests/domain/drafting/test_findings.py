"""What our side already said in the thread may be said again."""

import pytest

from bot.domain.cases import Speaker, Utterance
from bot.domain.drafting.findings import found_in
from bot.domain.reading.model import Variant
from tests.casebook import case


def told(*texts):
    made = case("少來這套", state="active")
    said = tuple(Utterance(Speaker.AGENT, text) for text in texts)
    return found_in(type(made)(id="t", now=made.now, messages=(*said, *made.messages)), Variant.HANT)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("查了操作紀錄：11/24 18:32 由 front02 改了房價。紀錄可以傳給您。", "11/24 18:32 由 front02 改了房價"),
        ("比對完了：更新之後重複扣點，影響 143 位會員。", "更新之後重複扣點，影響 143 位會員"),
        ("確認單上寫的是修改三輪。", "確認單上寫的是修改三輪"),
    ],
)
def test_what_was_found_out_is_taken_from_the_agents_own_words(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    ["我先查一下紀錄再回您。", "剛查了一下，維護約已經到期。", "紀錄上是誰改的呢？", "收到，我看看。"],
)
def test_what_is_still_open_or_about_the_contract_is_no_finding(text):
    assert told(text) is None


def test_the_newest_finding_counts():
    assert told("查到是線路斷了。", "查明了：是分流器壞掉。") == "是分流器壞掉"


def test_what_the_customer_says_is_no_finding_of_ours():
    made = case("我們查了紀錄：是你們改的", state="active")
    assert found_in(made, Variant.HANT) is None
