"""How a lead ended, in the words of many systems, to four: won, lost, open, junk."""

import re
from enum import StrEnum

from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.simplified import simplified
from evenhand.sheets.values.text import Cell, folded, parse_text


class Outcome(StrEnum):
    """What became of a lead."""

    WON = "won"
    LOST = "lost"
    OPEN = "open"
    JUNK = "junk"  # never was a lead: wrong number, spam, a test


_WORDS = {
    Outcome.WON: (
        "won closedwon closewon win converted isconverted deal sold signed customer "
        "success true yes y 1 是 "
        "成交 已成交 赢单 赢 成单 已成单 签约 已签约 已签单 签单 转化 已转化 已转商机 "
        "转商机 转客户 已转客户 成功 已成功 "
        "合法转化 已付款 回款 结单 已购买"
    ),
    Outcome.LOST: (
        "lost closedlost closelost closed dead lostlead unqualified disqualified rejected "
        "churned notinterested "
        "recycled false no n 0 否 输单 输 丢单 已丢单 失败 流失 已流失 未成交 战败 已战败 "
        "放弃 已放弃 关闭 已关闭 未转化 "
        "无意向 不考虑 拒绝"
    ),
    Outcome.OPEN: (
        "open opennotcontacted new working workingcontacted contacted notcontacted "
        "attemptedtocontact "
        "contactinfuture prequalified qualified qualification prospect prospecting "
        "engaging engaged nurture "
        "nurturing inprogress pending negotiation negotiationreview needsanalysis "
        "initialoffer proposal "
        "proposalpricequote valueproposition perceptionanalysis iddecisionmakers assigned "
        "unassigned "
        "跟进中 跟进 进行中 待跟进 未跟进 新线索 新建 未处理 处理中 待处理 沟通中 已联系 "
        "未联系 有意向 明确意向 意向 谈判 报价 "
        "商务谈判 方案报价 需求确认 初步接洽 培育 培育中 待分配 已分配 加微信 未接通 "
        "已接通 有效沟通"
    ),
    Outcome.JUNK: (
        "junk junklead spam invalid duplicate wrongnumber bad badlead test fake "
        "无效 无效线索 垃圾 垃圾线索 空号 错号 重复 重复线索 测试 假线索 停机 非目标客户 广告预览"
    ),
}
_OUTCOMES = {word: outcome for outcome, words in _WORDS.items() for word in words.split()}
# As a whole: 跟进中(3次) is still 跟进中.
_TAIL = re.compile(r"[(（\[【].*$")
_MARKS = re.compile(r"[\W_]+")


def parse_outcome(cell: Cell) -> Outcome | Problem | None:
    """The outcome. In a yes-or-no column ("Converted"), no counts as lost."""
    if isinstance(cell, bool):
        return Outcome.WON if cell else Outcome.LOST
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    word = _MARKS.sub("", _TAIL.sub("", folded(text).casefold()))
    found = _OUTCOMES.get(simplified(word))
    return found if found is not None else problem("sheet.outcome_unknown", text)
