"""What the trouble is about, in the customer's own words: the page, the form or the machine."""

from __future__ import annotations

import re

from bot.domain.drafting.quoting import MARKS, MIN_QUOTE, TROUBLED, all_well, clauses_beside, fits_variant, polite
from bot.domain.reading.model import Span, Variant

MAX_THING = 10
MAX_EVENT = 14
_HEAD = (
    r"[採采][購购][單单]|[訂订][單单]|[發发]票|[傳传]票|[報报](?:工|表|告|[價价][單单])|[標标][籤签]|[薪工][資资水]|[庫库]存|[帳账][號号單单目務务]?|[檔档]案?|文件"
    r"|(?<![下開开建送接出簽签轉转漏補补跑刷買买簡简菜選选])[單单]子?|(?<![當当死停宕手司飛飞有時时])[機机](?![會会])(?:台|器|房)?|平板|掃描槍|扫码枪"
    r"|系[統统]|[網网](?:站|[頁页]|路|[絡络]|域)|官[網网]|域名|[頁页]面?|[畫画]面|界面|[郵邮][件箱]|信箱|主[機机]|服[務务]器|伺服器|[资資数數][料据據][庫库]|[備备]份"
    r"|介面|接口|同步|模[組块塊]|功能|按[鈕钮]|[選菜][單单]|交[換换][器機机]|路由器|基地台|防火[牆墙]|[專专][線线]|[監监][視视控]器?|[攝摄]影[機机]|[攝摄]像[頭头]|[門门]禁"
    r"|[憑凭]?[證证][書书]?|[簽签]核|[審审]批|流程|[結结][帳账]|月[結结]|[登][錄录入]|[驗验][證证][碼码]|[簡简][訊讯]|短信|通知|推播|推送|小程序|[後后前]台|[儀仪]表[板盤盘]|看板"
    r"|[權权]限|排程|任[務务]|[匯汇导導][入出]|考勤|排班|出勤|[憑凭]證|收[銀银]|刷卡|[會会][員员]|[優优]惠券|[積积][點点]分?|[庫库]位|[條条]碼|[條条]码|[倉仓][庫库]|[商产產]品|直播|[錄录]影|[電电][話话]|分[機机]"
    r"|[打列]印[機机]|印表[機机]|[標标][籤签][打列]印[機机]|打卡[機机]|[點点]餐(?:平板|[機机])|[盤盘][點点][單单表機机]|投影[機机]?"
    r"|(?<![A-Za-z])(?:ERP|CRM|WMS|MES|POS|HR|OA|API|VPN|NVR|NAS|UPS|SSL|DNS|AP|FTP|APP|App|Wi-?Fi|wifi|WIFI|BI|EDI|SFTP|SMTP|CDN|ＰＯＳ)(?![A-Za-z])(?:系[統统])?"
)
_STOP = (
    "一直不沒没跳開开卡壞坏掛挂斷断連连從从到又全都就送出進进少多慢怪跑印列打掉死停按說说是要會会能想突然昨今前剛刚已被把讓让也很太改加再"
    "，。、「」“”『』"
)
_OURS = re.compile(
    r"^(?:(?:今天|昨天)?(?:早上|上午|下午|晚上|凌晨|半夜|今早|昨晚|一早)|整[個个]|全部|所有)?(?:的)?"
    r"(?:(?:我[們们]|咱[們们]?)(?:家|[這这][邊边裡里]|公司)?的?|我(?:的|[那這这][個个]的?))?(?:[整那這这][個个])?\s*"
)
_FIRST = rf"(?:[^{_STOP}]|出[貨货庫库勤缺差單单]|[進进][貨货銷销出]|[點点]餐|[掛挂][號号])"
_THING = re.compile(
    rf"(?!.{{0,4}}[點点]一下)(?:{_FIRST}{{0,6}}?(?:{_HEAD}))(?:(?:的|[^{_STOP}的]{{0,4}}?)(?:{_HEAD}))*(?![費费])"
)
"""A noun of business at the head of a clause, with what stands before it, up to the first verb."""


def quote_thing(text: str, spans: list[Span], variant: Variant) -> str | None:
    """The thing that begins one of the clauses, those that hold ``spans`` first; None where none does."""
    for words in clauses_beside(text, spans):
        if all_well(words):
            continue
        found = _THING.match(_OURS.sub("", words))
        name = found[0].strip() if found else ""
        if 1 < len(name) <= MAX_THING and polite(name) and fits_variant(name, variant):
            return name
    return None


def quote_event(text: str, variant: Variant) -> str | None:
    """The short clause that says what happened: 网站挂了一上午, 停機半天."""
    for clause in clauses_beside(text, []):
        words = clause.removesuffix("的事")
        told = MIN_QUOTE < len(words) <= MAX_EVENT and _HAPPENED.search(words) and not _CLAIMED.search(words)
        if told and polite(words) and fits_variant(words, variant):
            return words.translate(MARKS[variant])
    return None


_HAPPENED = re.compile(
    rf"{TROUBLED.pattern}|停[了機机線线]|弄[丟丢]|[斷断][線线網网了]|離[線线]|离线|重[複复]|[衝冲]突"
)
_CLAIMED = re.compile(r"[賠赔罰罚扣]|[損损]失|[補补][償偿]|退|[萬万]|[塊块元]|[你您]|一[分毛]")
