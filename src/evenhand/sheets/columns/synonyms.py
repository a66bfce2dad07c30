"""The names people give to columns, by kind of sheet and role: the table in synonyms.csv.

Its names are in plain form (lower case, simplified, no spaces or marks); `heading.plain_form`
brings any heading to it, traditional characters included. Order is preference: of two columns that
match one role, the name further left in the table wins. `role.part` names a part of a role.
"""

import csv
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from evenhand.sheets.columns.roles import ROLES, Purpose

# What may stand before a name without changing it: 客户手机, lead phone.
PREFIXES = (
    "线索 客户 联系人 名单 潜在客户 商机 用户 主要 首要 所属 意向 公司 企业 员工 销售 "
    "lead leads contact customer prospect client clue company account opportunity deal primary "
    "main crm my your the"
).split()

# What may follow a name without changing it: 手机必填, phone required.
SUFFIXES = "必填 选填 非必填 信息 字段 名称 1 一 required optional field".split()

# Around nested values in JSON, and saying nothing about them: properties.email, remark_dict.公司.
WRAPS = frozenset(
    (
        "attributes answers contact customer data detail details extra fields field_data form lead "
        "properties record remark_dict user user_column_data values custom_fields"
    ).split()
)

# A heading that ends so and is long may still mean it: 孩子家长的联系电话.
TAILS: Mapping[str, str] = MappingProxyType(
    {
        tail: role
        for role, tails in {
            "phone": "手机号 手机号码 手机 电话 电话号码 phone phonenumber mobile mobilenumber",
            "email": "邮箱 电子邮箱 email emailaddress",
            "industry": "行业 industry",
            "product": "产品",
            "language": "语言 语种",
            "created_at": "创建时间 提交时间",
            "budget": "预算 budget",
            "joined_on": "入职日期 入职时间",
        }.items()
        for tail in tails.split()
    }
)

# Headings that begin so are about something else: 原负责人, last contacted, do not call.
OTHERS = tuple(
    (
        "原 前 上次 上一 最近 最后 最新 下次 下一 历史 是否 协作 竞争 竞品 修改 更新 更改 "
        "last latest next previous donot dont not is has modified updated second alternate "
        "emergency"
    ).split()
)


# A kind of sheet that has no row of its own for a role takes that of another kind.
_BORROWED = {
    Purpose.PAST: (Purpose.LEADS, Purpose.HISTORY),
    Purpose.ACCOUNTS: (Purpose.LEADS,),
    Purpose.CONTACTS: (Purpose.LEADS,),
    Purpose.ACTIVITIES: (Purpose.LEADS,),
    Purpose.DEALS: (Purpose.LEADS, Purpose.HISTORY),
    Purpose.TASKS: (Purpose.LEADS,),
}


def _table() -> dict[Purpose, dict[str, tuple[str, ...]]]:
    found: dict[Purpose, dict[str, tuple[str, ...]]] = {purpose: {} for purpose in Purpose}
    text = resources.files(__package__).joinpath("synonyms.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        for sheet in row["sheets"].split():
            found[Purpose(sheet)][row["role"]] = tuple(row["names"].split())
    for purpose, lenders in _BORROWED.items():
        own = found[purpose]
        for lender in lenders:
            taken = {name for names in own.values() for name in names}
            for slot, names in found[lender].items():
                if slot.partition(".")[0] in ROLES[purpose] and slot not in own:
                    own[slot] = tuple(name for name in names if name not in taken)
    return found


SYNONYMS: Mapping[Purpose, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {purpose: MappingProxyType(table) for purpose, table in _table().items()}
)
