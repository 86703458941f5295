"""/desk: help, and whose channel it is."""

from __future__ import annotations

from tests.scenarios.desk import AGENT, CUSTOMER, CUSTOMERS, DESK, Desk, in_channel, text_of, whispered

TWINS = "順發貿易有限公司"
TWIN_IDS = ("SF-1003", "SF-1004")


async def test_help_comes_in_the_language_of_who_asks(socket_desk: Desk) -> None:
    await socket_desk.command("/desk", "help")
    assert "為這個頻道" in text_of(await socket_desk.one(whispered(AGENT)))
    await socket_desk.command("/desk", "", user="U0AGENTCN")
    assert "给这个频道" in text_of(await socket_desk.one(whispered("U0AGENTCN")))


async def test_a_link_changes_whose_contract_the_card_shows(socket_desk: Desk) -> None:
    await socket_desk.say("ERP 登不進去,請幫忙")
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "永豐紡織" in text_of(m))
    await socket_desk.command("/desk", "link DM-1002")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "大明餐飲" in text_of(m))
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "大明餐飲" in text_of(m))
    await socket_desk.command("/desk", "status")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "這個頻道的客戶是 大明餐飲" in text_of(m))
    await socket_desk.command("/desk", "unlink")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "已取消" in text_of(m))


async def test_two_customers_of_one_name_are_listed_and_none_is_guessed(socket_desk: Desk) -> None:
    await socket_desk.command("/desk", f"link {TWINS}", channel=CUSTOMERS)
    answer = await socket_desk.one(whispered(AGENT))
    assert all(id_ in text_of(answer) for id_ in TWIN_IDS)
    await socket_desk.command("/desk", "link 沒有這一家")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "找不到這個客戶" in text_of(m))


async def test_a_customer_may_not_link_anything(socket_desk: Desk) -> None:
    await socket_desk.command("/desk", "link DM-1002", user=CUSTOMER)
    refusal = text_of(await socket_desk.one(whispered(CUSTOMER)))
    assert "大明" not in refusal
    assert "只開放" in refusal
