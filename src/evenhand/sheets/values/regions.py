"""Regions as a path from large to small, "浙江省/杭州市/余杭区", as `engine.facts.Regions` reads.

Only what the text itself says: resolving addresses, old names and codes is the intake's business.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.text import EDGES, Cell, folded, parse_text

# The full name of each province, then its other usual spellings.
_SPELLINGS = """
北京市 北京
天津市 天津
上海市 上海
重庆市 重庆 重慶 重慶市
河北省 河北
山西省 山西
辽宁省 辽宁 遼寧 遼寧省
吉林省 吉林
黑龙江省 黑龙江 黑龍江 黑龍江省
江苏省 江苏 江蘇 江蘇省
浙江省 浙江
安徽省 安徽
福建省 福建
江西省 江西
山东省 山东 山東 山東省
河南省 河南
湖北省 湖北
湖南省 湖南
广东省 广东 廣東 廣東省
海南省 海南
四川省 四川
贵州省 贵州 貴州 貴州省
云南省 云南 雲南 雲南省
陕西省 陕西 陝西 陝西省
甘肃省 甘肃 甘肅 甘肅省
青海省 青海
台湾省 台湾 臺灣 台灣
内蒙古自治区 内蒙古 内蒙 內蒙古 內蒙古自治區
广西壮族自治区 广西 廣西 廣西壯族自治區
西藏自治区 西藏 西藏自治區
宁夏回族自治区 宁夏 寧夏 寧夏回族自治區
新疆维吾尔自治区 新疆 新疆維吾爾自治區
香港特别行政区 香港
澳门特别行政区 澳门 澳門
"""

# Every usual spelling of a province → its full name.
PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        spelling: line.split()[0]
        for line in _SPELLINGS.strip().splitlines()
        for spelling in line.split()[1:]
    }
)

# The usual large areas. Companies draw them differently: this is what most mean.
AREAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "华东": ("上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省"),
        "华南": ("广东省", "广西壮族自治区", "海南省"),
        "华北": ("北京市", "天津市", "河北省", "山西省", "内蒙古自治区"),
        "华中": ("河南省", "湖北省", "湖南省"),
        "东北": ("辽宁省", "吉林省", "黑龙江省"),
        "西南": ("重庆市", "四川省", "贵州省", "云南省", "西藏自治区"),
        "西北": ("陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区"),
    }
)

_TOP = frozenset(PROVINCES) | frozenset(PROVINCES.values()) | frozenset(AREAS)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_STEPS = re.compile(
    r"\s*[/>＞›»→·・|｜\\]\s*|\s*-+\s*|(?<=[\u3400-\u9fff])[\s,，]+(?=[\u3400-\u9fff])"
)
_SLASHED = re.compile(r"\s*[/>›»→]\s*")
_RUN_ON = re.compile(
    r"(?P<province>[\u3400-\u9fff]{2,8}?(?:省|自治区|自治區|特别行政区)|北京市|天津市|上海市|重庆市|重慶市)"
    r"(?P<city>[\u3400-\u9fff]{2,10}?(?:自治州|地区|盟|市))?"
    r"(?P<county>[\u3400-\u9fff]{1,12}?(?:自治县|自治旗|新区|区|縣|县|旗|市|區))?"
)
_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|新区|省|市|区|县|縣|區|盟)$"
)
_LIST = re.compile(r"[、;；,，|｜\r\n]+")


def parse_region(cell: Cell) -> str | Problem | None:
    """One region as a path: "湖北省-武汉市-" and "湖北省武汉市" both give 湖北省/武汉市."""
    text = parse_text(cell)
    return _path(text) if isinstance(text, str) else text


def parse_regions(cell: Cell) -> tuple[str, ...] | Problem | None:
    """The regions a person covers: "华东、广东省/深圳市"; "华东/华南" are two, not a path."""
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    found: dict[str, None] = {}
    for part in _LIST.split(text):
        steps = [step.strip(EDGES) for step in _STEPS.split(part)]
        alike = len(steps) > 1 and all(step in _TOP for step in steps)
        for region in steps if alike else [part]:
            if path := _path(region):
                found[path] = None
    return tuple(found) or None


def joined_region(parts: Iterable[str | None]) -> str | None:
    """A path from its parts, large to small; a part that repeats the one before is dropped."""
    steps: list[str] = []
    for part in parts:
        for step in (part or "").split("/"):
            if step and step not in steps[-1:]:
                steps.append(step)
    return "/".join(steps) or None


def is_certain_region(cell: Cell) -> bool:
    """Whether the cell is a Chinese province or large area, alone or at the start of a path."""
    text = parse_region(cell)
    return isinstance(text, str) and text.split("/", 1)[0] in _TOP


def is_area(text: str) -> bool:
    """Whether the text is one of the usual large areas, such as 华东 or 华东区."""
    return text.removesuffix("大区").removesuffix("地区").removesuffix("区") in AREAS


def region_aliases(steps: Iterable[str]) -> dict[str, str]:
    """Short spellings of the given region names: 杭州 → 杭州市, where only one of them is meant.

    For `engine.facts.Regions.aliases`; provinces are always included.
    """
    found: dict[str, str | None] = {}
    for step in {part for path in steps for part in path.split("/")}:
        short = _SUFFIX.sub("", step)
        if len(short) >= 2 and short != step:
            found[short] = step if found.get(short, step) == step else None
    return {short: full for short, full in found.items() if full} | dict(PROVINCES)


def _path(text: str) -> str | None:
    text = text.strip(EDGES)
    if not _CHINESE.search(text):
        # "North-East" and "Boston, MA" are one name; only a slash or an arrow parts them.
        return joined_region(step.strip(EDGES) for step in _SLASHED.split(text))
    text = folded(text)
    steps = [step.strip(EDGES) for step in _STEPS.split(text)]
    if len(steps) == 1 and (run := _RUN_ON.fullmatch(text)):
        steps = [step for step in run.group("province", "city", "county") if step]
    return joined_region(steps)
