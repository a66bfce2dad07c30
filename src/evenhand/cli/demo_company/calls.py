"""What people note after a contact: by how it went, at home and abroad."""

REACHED = {
    "call": (
        "电话接通，需求确认，约下周看样。",
        "电话聊了十分钟，正在比三家。",
        "接通，预算还没批，月底再问。",
        "对方在开会，说清楚了来意，让发资料。",
        "确认了型号和数量，等技术部回复。",
    ),
    "wechat": ("加上微信，发了资料。", "微信里答了交期的问题。", "对方要了样册和报价单。"),
    "mail": ("已发报价，对方回了邮件。", "邮件答复了技术参数。"),
    "visit": ("上门看了车间，拍了现场照片。", "和采购、设备两边都见了面。"),
    "meeting": ("视频会议过了一遍方案。", "方案评审通过，进入商务。"),
}
UNREACHED = ("无人接听。", "响了没接，晚点再打。", "关机。", "占线，已发短信。")
REACHED_ABROAD = (
    "Spoke to the plant manager; drawings will follow.",
    "They compare two suppliers, decision next month.",
    "Answered the technical questions, offer sent.",
    "Asked for references in the region.",
)
UNREACHED_ABROAD = ("No answer, voicemail left.", "Out of office until Monday.")
NOTES = (
    "客户背景已查，母公司有同类项目。",
    "竞品报价低一成，服务差。",
    "决策人是副总，采购只走流程。",
)
