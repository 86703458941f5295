/**
 * What the sample's people say in the story, in their own language whatever the interface's: an ERP that is down, a
 * warranty that lapsed, a plea, then a threat.
 */
export const SCRIPT = {
  message:
    "林小姐，我們 ERP 今天一早就掛了，庫存整個對不起來，下午三點前要出的貨全部卡住！我知道保固上個月底到期，可是大家合作這麼多年，你就幫忙看一下嘛，花不了幾分鐘的，我已經被老闆罵到臭頭了。如果連這點忙都不幫，我們只好換別家，系統出了什麼事你們要負全責！",
  draft: "/draft",
  escalate: "/escalate",
  answer: "可以，這次破例免費處理，僅此一次，之後請客戶續約。",
};
