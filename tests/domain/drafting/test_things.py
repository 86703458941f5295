"""The thing and the event are named in the customer's own words; messages here are not those of the golden set."""

import pytest

from bot.domain.drafting.things import quote_event, quote_thing
from bot.domain.reading.model import Variant
from bot.domain.reading.variant import detect_variant


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("點餐平板全部離線", "點餐平板"),
        ("我們三樓的交換器燈全滅", "三樓的交換器"),
        ("你们的API从昨晚开始一直报500", "API"),
        ("MES的报工页面打不开", "MES的报工页面"),
        ("廚房出單機今天都不出單", "廚房出單機"),
        ("整個 ERP 都進不去了", "ERP"),
        ("司機在樓下等", None),
        ("出勤費這次可以不收嗎", None),
        ("加购二十个账号", None),
        ("我昨天改了密碼就登不進去", None),
        ("你點一下就行", None),
    ],
)
def test_what_the_trouble_is_about_is_the_noun_before_the_verb(text, thing):
    assert quote_thing(text, [], detect_variant(text) or Variant.HANT) == thing


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("邮箱断了一整天，少说亏了三万块", "邮箱断了一整天"),
        ("昨天斷線三小時，少賺三萬五", "昨天斷線三小時"),
        ("你們更新把我們資料弄丟兩天", None),
        ("损失19万，必须全赔", None),
        ("給個說法吧", None),
    ],
)
def test_what_happened_is_retold_without_blame_or_sums(text, event):
    assert quote_event(text, detect_variant(text) or Variant.HANT) == event
