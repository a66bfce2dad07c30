"""Rows that belong to the sheet and not to its data: totals, footers, hints, examples."""

import re
from collections.abc import Sequence
from decimal import Decimal

from evenhand.sheets.values.emails import is_certain_email
from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.phones import is_certain_phone
from evenhand.sheets.values.text import Cell, folded, text_of

TOTAL_WORDS = frozenset(
    "合计 总计 小计 共计 总和 汇总 合計 總計 小計 共計 總和 匯總 total totals subtotal sum "
    "Total Totals Subtotal Sum "
    "TOTAL SUBTOTAL SUM".split()
) | {"grand total", "sub total", "Grand Total", "Grand total", "GRAND TOTAL", "Sub Total"}

_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|汇总|合計|總計|小計|共計|匯總|grand total|totals?|sub-?\s?total|sum)"
    r"\s*[:：]?\s*[\d,.]*"
    r"|[共总總]\s*(?:计|計)?\s*[:：]?\s*\d[\d,]*\s*(?:条|條|行|人|笔|筆|个|個|家|项|項)?(?:记录|記錄|数据|線索|线索)?"
    r"|\d[\d,]*\s*(?:rows?|records?|leads?|entries)(?:\s+\w+)?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"copyright\b|©|confidential\b|(?:generated|exported) (?:by|on|at)|report (?:name|generated)"
    r"|printed (?:by|on)|as of \d|page \d+|end of (?:report|file)|filters? applied|disclaimer"
    r"|制表|填表|审核人|審核人|打印|列印|导出(?:时间|人|日期)|匯出|数据来源|資料來源|本表|声明|聲明|备注[:：]|備註[:：]|注[:：]|註[:：]"
    r"|说明[:：]|說明[:：]|第\s*\d+\s*页|以上(?:数据|資料)|筛选条件",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"[(（【\[]?\s*(?:示例|样例|範例|范例|例如|例[:：]|举例|example\b|e\.g\.|sample\b)",
    re.IGNORECASE,
)
_HINTS = frozenset(
    "必填 选填 非必填 選填 可选 可選 文本 数字 数值 日期 时间 下拉 下拉选择 单选 多选 "
    "required optional mandatory text number date string integer".split()
)


def is_total(row: Sequence[Cell]) -> bool:
    """Whether a row adds up: a word for total first, and beside it nothing but numbers."""
    texts = [folded(text_of(cell)) for cell in row]
    texts = [text for text in texts if text]
    if not texts or _TOTAL.fullmatch(texts[0]) is None:
        return False
    return all(
        isinstance(parse_number(text), int | Decimal) or _TOTAL.fullmatch(text)
        for text in texts[1:]
    )


def is_footer_text(row: Sequence[Cell]) -> bool:
    """Whether a row with one or two cells reads like what programs print below a table."""
    texts = [text for cell in row if (text := text_of(cell))]
    return 1 <= len(texts) <= 2 and _FOOTER.match(texts[0]) is not None


def is_single(row: Sequence[Cell]) -> bool:
    """Whether one cell alone is filled, and it is no phone or e-mail, which would be a lead."""
    filled = [cell for cell in row if text_of(cell)]
    return len(filled) == 1 and not is_certain_phone(filled[0]) and not is_certain_email(filled[0])


def is_example(row: Sequence[Cell]) -> bool:
    """Whether a row right below the header is a template's example, or says "required, text …"."""
    texts = [text for cell in row if (text := text_of(cell))]
    hints = sum(text.strip("*()（）").casefold() in _HINTS for text in texts)
    return 2 * hints > len(texts) or any(map(_EXAMPLE.match, texts[:1]))
