"""Yes and no in three languages, and whether a person is in service."""

from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.simplified import simplified
from evenhand.sheets.values.text import Cell, folded, parse_text

# Simplified and in lower case; a traditional or capital spelling is brought to this first.
_YES = frozenset("是 有 对 真 已 启用 开 开启 √ ✓ ✔ ☑ yes y true t 1 on enabled ja oui si".split())
_NO = frozenset(
    "否 无 没有 不 不是 错 假 未 停用 禁用 关 关闭 × ✗ ✘ ☐ no n false f 0 off disabled "
    "nein non".split()
)
_IN_SERVICE = _YES | frozenset(
    "在职 正常 在岗 试用 试用期 正式 转正 接单 接单中 可接单 上线 在线 空闲 启用中 "
    "active working employed available online accepting open normal probation".split()
)
# A person on leave without dates counts as out of service: better one lead late than one unread.
_OUT_OF_SERVICE = _NO | frozenset(
    "离职 已离职 停职 退休 冻结 暂停 停止 不接单 暂停接单 休假 休假中 请假 请假中 下线 "
    "离线 忙碌 调岗 "
    "inactive left resigned terminated suspended deactivated paused away vacation unavailable "
    "offline closed busy onleave notaccepting former quit".split()
)


def parse_boolean(cell: Cell) -> bool | Problem | None:
    """True or False for 是/否, 有/无, yes/no, true/false, 1/0, √/× and the like."""
    return _parse(cell, _YES, _NO)


def parse_in_service(cell: Cell) -> bool | Problem | None:
    """Whether a person receives items: 在职/离职, 接单/暂停, active/on leave, or plain yes/no."""
    return _parse(cell, _IN_SERVICE, _OUT_OF_SERVICE)


def _parse(cell: Cell, true: frozenset[str], false: frozenset[str]) -> bool | Problem | None:
    if isinstance(cell, bool):
        return cell
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    # NFKC would leave these marks alone, but a number may come as 1.0 out of a float.
    word = simplified(folded(text).casefold()).replace(" ", "").replace("_", "")
    word = {"1.0": "1", "0.0": "0"}.get(word, word)
    if word in true:
        return True
    if word in false:
        return False
    return problem("sheet.boolean_unreadable", text)
