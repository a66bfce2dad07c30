"""What is the name of a firm in its name, and how likely two names are one firm's.

A firm's name is made of a place (深圳市), the name proper (大疆创新), what it does (科技) and its
legal form. Two firms are compared only if the name proper is the same: an index finds those, so it
stays quick at a million companies. Slips of the pen in the name itself are for a person's eyes
(`queries.alike`), never for joining.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from evenhand.leads.keys import company_key
from evenhand.sheets.regions.names import short_forms
from evenhand.sheets.regions.tables import shipped_list
from evenhand.sheets.values.simplified import simplified
from evenhand.sheets.values.text import folded

ASKED_FROM = 75  # percent: what is less likely is not worth a person's time
_SHORTEST = 2  # characters of a name proper
_TELLING = 4  # characters of name and trade together that hardly two firms share by chance

_TRADES = frozenset(
    "科技 技术 信息 网络 软件 电子 贸易 商贸 实业 工业 集团 控股 投资 国际 发展 服务 咨询 "
    "管理 传媒 文化 教育 工程 建设 建筑 材料 设备 机械 制造 食品 医药 生物 化工 能源 环保 "
    "物流 供应链 智能 数据 系统 自动化 通信 通讯 计算机 汽车 电器 电气 家具 服饰 服装 纺织 "
    "广告 装饰 设计 医疗 器械 健康 农业 餐饮 酒店 旅游 地产 置业 物业 金融 保险 证券 资本 "
    "资产 企业 产业 进出口 国际贸易 电子商务 信息技术 网络科技 新能源 新材料 光电 仪器 五金 "
    "塑料 包装 印刷 化妆品 日用品 technology technologies tech software solutions solution "
    "services service systems system group holding holdings international global trading "
    "industries industry consulting electronics networks network digital labs media".split()
)
_LONGEST_TRADE = 4
_BRANCH = re.compile(
    r"公司(?P<branch>.{0,12}(?:分公司|子公司|办事处|营业部|经营部|分部|分店|分行|支行|代表处))$"
)
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A firm's name taken apart; `core` is the name proper."""

    core: str
    trades: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()  # codes, cut to what they say: 44, 4403, 440305
    branch: str = ""


@lru_cache(maxsize=1)
def _places() -> Mapping[str, frozenset[str]]:
    """Provinces and cities by all they are called; counties by their full name only: 平安 is a
    county, and a name."""
    found: dict[str, set[str]] = {"中国": {""}}
    for code, name in shipped_list().names.items():
        said = code.removesuffix("00").removesuffix("00")
        for form in {name} if len(said) == 6 else {name, *short_forms(name)}:
            if len(form) > 1:
                found.setdefault(form, set()).add(said)
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache(maxsize=16_384)
def parts_of(name: str) -> NameParts:
    """A firm's name taken apart."""
    text = folded(simplified(name)).casefold()
    places: set[str] = set()

    def inside(found: re.Match[str]) -> str:
        codes = _places().get(found[1].strip())
        places.update(codes or ())
        return f" {found[1]} " if codes is None else " "

    text = _BRACKETS.sub(inside, text)
    branch = ""
    if (found := _BRANCH.search("".join(_WORDS.findall(text)))) is not None:
        branch = found["branch"]
        text = text[: text.rindex("公司", 0, text.rindex(branch[-2:]))] + "公司"
    if not _HAN.search(text):
        return _latin(text, frozenset(places))
    key = company_key(text)
    core, more = _without_places(key)
    core, trades = _without_trades(core)
    return NameParts(core, trades, frozenset(places | more), branch)


def core_of(name: str) -> str:
    """The name proper of a firm, for `Company.core_key`; "" = none."""
    return parts_of(name).core[:200] if name else ""


def certainty(one: NameParts, other: NameParts, *, same_domain: bool = False) -> int:
    """How likely two names are one firm's, in percent; 0 = nothing says so.

    Two trades or two places make two firms. What only one of them says is doubt, the more the
    less the rest tells. The same domain of mail settles doubt.
    """
    if not one.core or one.core != other.core:
        return 0
    if _differ(one.places, other.places):
        return 0
    trades, also = set(one.trades), set(other.trades)
    if not (trades <= also or also <= trades):
        return 0
    if one.branch != other.branch:
        return ASKED_FROM
    found = 99
    if bool(one.places) != bool(other.places):
        found -= 1
    if trades != also:
        found -= 10 if trades and also else 12
    shared = len(one.core) + sum(len(trade) for trade in trades & also)
    if found < 99 and shared < _TELLING:
        found -= 10
    return 99 if same_domain else found


def _differ(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both name places, and none of one holds one of the other."""
    return (
        bool(some)
        and bool(others)
        and not any(a.startswith(b) or b.startswith(a) for a in some for b in others)
    )


def _without_places(key: str) -> tuple[str, frozenset[str]]:
    """The name after the places that it begins with; a name of nothing else keeps the last."""
    known, codes = _places(), frozenset[str]()
    while True:
        length = next(
            (n for n in range(min(11, len(key) - _SHORTEST), 1, -1) if key[:n] in known), 0
        )
        rest, _ = _without_trades(key[length:])
        if not length or rest in _TRADES:
            return key, codes
        codes |= known[key[:length]]
        key = key[length:]


def _without_trades(key: str) -> tuple[str, tuple[str, ...]]:
    trades: list[str] = []
    while True:
        length = next(
            (
                n
                for n in range(min(_LONGEST_TRADE, len(key) - _SHORTEST), 1, -1)
                if key[-n:] in _TRADES
            ),
            0,
        )
        if not length:
            return key, tuple(reversed(trades))
        trades.append(key[-length:])
        key = key[:-length]


def _latin(text: str, places: frozenset[str]) -> NameParts:
    words = _without_form(_WORDS.findall(text))
    proper = [word for word in words if word not in _TRADES] or words
    trades = tuple(word for word in words if word not in proper)
    return NameParts("".join(proper), trades, places)


def _without_form(words: Iterable[str]) -> list[str]:
    """The words of a name without its legal form; `company_key` knows those."""
    kept = list(words)
    while len(kept) > 1 and company_key(" ".join(kept)) == company_key(" ".join(kept[:-1])):
        kept.pop()
    return [word for word in kept if word != "the"] or kept
