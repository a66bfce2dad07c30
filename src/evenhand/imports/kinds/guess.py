"""What the rows of a file are, by its headings: a proposal, which the person may change."""

from collections.abc import Sequence

from evenhand.imports.models import Kind
from evenhand.sheets.columns.heading import plain_form

# Headings that only files of one kind have, in plain form.
_TELLING: dict[str, frozenset[str]] = {
    Kind.LEAD: frozenset(
        (
            "leadid leadsid leadnumber leadname leadstatus leadsource leadowner leadscore "
            "prospectid mqlid clueid 线索id 线索编号 线索名称 线索状态 线索来源 线索负责人 "
            "线索等级 线索阶段 名单编号"
        ).split()
    ),
    Kind.ACCOUNT: frozenset(
        (
            "accountid accountname accountowner accounttype account parentaccount subsidiaryof "
            "parentcompany yearestablished founded annualrevenue officelocation 上级公司 "
            "上级客户 母公司 所属集团 统一社会信用代码 注册资本 法人 法定代表人 客户级别 "
            "公司性质 成立日期 "
            "客户编号 客户名称 客户全称 客户类型 网址 官网 website"
        ).split()
    ),
    Kind.CONTACT: frozenset(
        (
            "contactid contactowner reportsto contactnumber 联系人编号 联系人id 决策角色 直属上级"
        ).split()
    ),
    Kind.ACTIVITY: frozenset(
        (
            "callstarttime calldurationinseconds callduration calltype callowner callresult "
            "callid callpurpose startdatetime enddatetime eventid eventowner taskid taskowner "
            "duedate activitytype activityid activitydate 通话时长 通话时间 通话结果 "
            "通话开始时间 呼叫类型 呼叫时间 主被叫 拜访时间 跟进时间 跟进方式 跟进内容 跟进记录 "
            "会议时间 活动类型 通话录音 被叫号码 主叫号码"
        ).split()
    ),
    Kind.OPPORTUNITY: frozenset(
        (
            "opportunityid opportunityname opportunityowner dealid dealname dealstage dealowner "
            "potentialname potentialowner potentialid salesstage closevalue closedate "
            "closingdate probability forecasttype engagedate 商机名称 商机编号 商机阶段 "
            "商机金额 商机负责人 预计成交日期 预计成交金额 成交概率 赢率 销售阶段"
        ).split()
    ),
}
# A list of companies has no telephone of a person.
_OF_PEOPLE = frozenset(
    (
        "手机 手机号 手机号码 联系人 联系人姓名 姓名 mobile mobilephone email firstname lastname"
    ).split()
)
# What a file calls itself settles what its headings leave open.
_NAMED: dict[str, tuple[str, ...]] = {
    Kind.ACCOUNT: ("account", "compan", "客户表", "公司"),
    Kind.CONTACT: ("contact", "联系人"),
    Kind.ACTIVITY: ("call", "event", "task", "activit", "meeting", "跟进", "通话", "拜访", "日程"),
    Kind.OPPORTUNITY: ("opportunit", "deal", "potential", "pipeline", "商机"),
}
_ENOUGH = 2


def guessed_kind(header: Sequence[str], file_name: str) -> str:
    """The kind that most headings speak for; leads where they do not say."""
    plain = {plain_form(name) for name in header}
    votes = {str(kind): len(words & plain) for kind, words in _TELLING.items()}
    name = file_name.casefold()
    for kind, words in _NAMED.items():
        if any(word in name for word in words) and votes[kind]:
            votes[kind] += 1
    if plain & _OF_PEOPLE:
        votes[Kind.ACCOUNT] -= _ENOUGH
    best = max(votes, key=lambda kind: votes[kind])
    is_clear = votes[best] >= _ENOUGH and votes[best] > votes[Kind.LEAD]
    return best if is_clear else str(Kind.LEAD)
