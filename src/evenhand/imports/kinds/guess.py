"""What the rows of a file are, by its headings: a proposal, which the person may change."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from evenhand.imports.models import Kind
from evenhand.imports.stages import word_of
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
    Kind.TASK: frozenset(
        (
            "taskid taskowner tasktype taskstatus tasktitle duedate assignee todo estimatedminutes "
            "待办 待办类型 待办标题 待办事项 任务类型 任务标题 任务名称 任务状态 任务要求 截止时间 "
            "截止日期 完成期限 完成时限 要求完成时间 要求完成日期 计划完成时间 执行人 责任人 "
            "预计用时 预计时长 预计分钟"
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
    Kind.TASK: ("task", "todo", "to-do", "待办", "任务"),
}
_ENOUGH = 2


# Headings of when something took place: a list of what is still to be done has none.
_TOOK_PLACE = frozenset(
    (
        "callstarttime startdatetime enddatetime endtime calltime activitydate completeddate "
        "completedat closedtime 通话时间 通话开始时间 呼叫时间 拜访时间 跟进时间 会议时间 结束时间 "
        "完成时间 实际完成时间"
    ).split()
)
_STATUS = frozenset("status taskstatus 状态 任务状态 待办状态 完成情况 完成状态 是否完成".split())
_WHEN_DUE = frozenset(
    "duedate duetime deadline 截止时间 截止日期 完成期限 要求完成时间 计划完成时间".split()
)
_OPEN = re.compile(
    "notstarted|inprogress|waiting|deferred|planned|pending|open$|未开始|未完成|没完成|待|进行中|否$"
)


def guessed_kind(
    header: Sequence[str],
    file_name: str,
    rows: Sequence[Sequence[Any]] = (),
    *,
    today: date | None = None,
) -> str:
    """The kind that most headings speak for; leads where they do not say.

    Tasks that are done and tasks to do have the same headings: the first `rows` tell them apart.
    """
    plain = {plain_form(name) for name in header}
    votes = {str(kind): len(words & plain) for kind, words in _TELLING.items()}
    name = file_name.casefold()
    for kind, words in _NAMED.items():
        if any(word in name for word in words) and votes[kind]:
            votes[kind] += 1
    if plain & _OF_PEOPLE:
        votes[Kind.ACCOUNT] -= _ENOUGH
    if plain & _TOOK_PLACE:
        votes[Kind.TASK] = 0
    elif votes[Kind.TASK] == votes[Kind.ACTIVITY]:
        is_to_do = _is_to_do(header, rows, today)
        votes[Kind.ACTIVITY if is_to_do else Kind.TASK] = 0
    best = max(votes, key=lambda kind: votes[kind])
    is_clear = votes[best] >= _ENOUGH and votes[best] > votes[Kind.LEAD]
    return best if is_clear else str(Kind.LEAD)


def _is_to_do(header: Sequence[str], rows: Sequence[Sequence[Any]], today: date | None) -> bool:
    """Whether most of the rows are open, by their status, or else due from today on."""
    places = {plain_form(name): k for k, name in enumerate(header)}
    status = next((places[name] for name in places if name in _STATUS), None)
    if status is not None and (said := _cells(rows, status)):
        return 2 * sum(bool(_OPEN.search(word_of(one))) for one in said) > len(said)
    due = next((places[name] for name in places if name in _WHEN_DUE), None)
    said = [] if due is None else _cells(rows, due)
    first = "" if today is None else today.isoformat()
    return bool(said) and 2 * sum(_day(one) >= first for one in said) > len(said)


def _cells(rows: Sequence[Sequence[Any]], column: int) -> list[str]:
    texts = (str(row[column] or "").strip() for row in rows if column < len(row))
    return [text for text in texts if text]


def _day(text: str) -> str:
    """A day as it is compared; "" = it cannot be read."""
    parts = [part for part in re.split(r"\D+", text) if part][:3]
    if len(parts) < 3 or len(parts[0]) != 4:
        return ""
    return "-".join(part.zfill(2) for part in parts)
