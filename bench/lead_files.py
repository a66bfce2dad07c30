"""Large synthetic lead and team files for the file-to-file benchmark.

Names, companies and numbers are put together from short lists and mean nobody; mail addresses
end in the reserved example.com. Lead ids, phones and mail addresses are unique; companies
repeat now and then, as they do in real exports.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.scenarios import REP_WEIGHT_SHARES, REP_WEIGHTS, Floats, Ints

T = TypeVar("T")

LEAD_HEADER = (
    "线索编号",
    "姓名",
    "手机号",
    "邮箱",
    "公司",
    "省份",
    "行业",
    "产品",
    "来源",
    "创建时间",
    "线索等级",
)
TEAM_HEADER = ("工号", "姓名", "团队", "销售职级", "权重", "负责省份", "行业", "产品")

# Provinces and their shares of leads in hundredths: the coast first.
PROVINCES = {
    "广东省": 14,
    "江苏省": 11,
    "浙江省": 10,
    "上海市": 8,
    "北京市": 8,
    "山东省": 7,
    "四川省": 5,
    "湖北省": 4,
    "河南省": 4,
    "福建省": 4,
    "湖南省": 3,
    "安徽省": 3,
    "河北省": 3,
    "陕西省": 2,
    "重庆市": 2,
    "辽宁省": 2,
    "江西省": 1,
    "天津市": 1,
    "云南省": 1,
    "山西省": 1,
    "贵州省": 1,
    "黑龙江省": 1,
    "吉林省": 1,
    "广西壮族自治区": 1,
    "内蒙古自治区": 1,
    "新疆维吾尔自治区": 1,
}
INDUSTRIES = (
    "机械制造",
    "汽车零部件",
    "电子信息",
    "医药健康",
    "快消零售",
    "物流运输",
    "建筑工程",
    "教育培训",
)
PRODUCTS = (
    "企业版",
    "专业版",
    "标准版",
    "数据平台",
    "智能网关",
    "移动终端",
    "实施服务",
    "年度维保",
)
SOURCES = (
    "官网表单",
    "抖音",
    "百度推广",
    "微信公众号",
    "展会",
    "老客户介绍",
    "电话咨询",
    "电销名单",
)
GRADES, GRADE_SHARES = ("A", "B", "C", "D"), (0.10, 0.25, 0.40, 0.25)
LEVELS, LEVEL_SHARES = ("初级", "中级", "高级"), (0.3, 0.5, 0.2)
SURNAMES = {
    "王": "wang",
    "李": "li",
    "张": "zhang",
    "刘": "liu",
    "陈": "chen",
    "杨": "yang",
    "黄": "huang",
    "赵": "zhao",
    "吴": "wu",
    "周": "zhou",
    "徐": "xu",
    "孙": "sun",
    "马": "ma",
    "朱": "zhu",
    "欧阳": "ouyang",
}
GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲华红波斌宇浩凯婷雪"
BRAND = "华中天恒瑞盛嘉鑫宏远达信泰和安康创联博科润丰锦源诚通汇美新东"
MOBILE = ("130", "135", "136", "138", "139", "150", "151", "158", "177", "186", "188", "199")

NUMBERS = 10**8  # eight digits: how many different phones and mail addresses there are
PHONE_STRIDE, MAIL_STRIDE = 61_803_399, 27_182_819  # both prime to 10⁸: no number twice
YEAR_SECONDS = 365 * 24 * 3600
WRITE_ROWS = 50_000  # rows held in memory at once


def write_lead_file(path: Path, rows: int, seed: int = 7) -> None:
    """Write a CSV (UTF-8) of this many leads, oldest first. Same arguments, same bytes.

    :raises ValueError: more rows than there are different phone numbers.
    """
    if rows > NUMBERS:
        raise ValueError(f"at most {NUMBERS} rows have different phone numbers, not {rows}")
    rng = np.random.default_rng(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(LEAD_HEADER) + "\n")
        for first in range(0, rows, WRITE_ROWS):
            file.writelines(_lead_lines(rng, first, min(first + WRITE_ROWS, rows), rows))


def write_team_file(path: Path, reps: int = 200, seed: int = 7) -> None:
    """Write a CSV (UTF-8) of reps with team, level, weight, and what they cover."""
    rng = np.random.default_rng(seed)
    surnames = tuple(SURNAMES)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TEAM_HEADER)
        for rep in range(reps):
            name = surnames[rng.integers(len(surnames))] + "".join(rng.choice(list(GIVEN), 2))
            writer.writerow(
                (
                    f"R{rep + 1:04d}",
                    name,
                    f"销售{rep * 10 // reps + 1}部",
                    rng.choice(LEVELS, p=LEVEL_SHARES),
                    rng.choice(REP_WEIGHTS, p=REP_WEIGHT_SHARES),
                    _several(rng, tuple(PROVINCES), 8),
                    _several(rng, INDUSTRIES, 4),
                    _several(rng, PRODUCTS, 5),
                )
            )


def _several(rng: np.random.Generator, names: tuple[str, ...], count: int) -> str:
    picked = rng.choice(len(names), count, replace=False)
    return "、".join(names[at] for at in sorted(picked))


def _lead_lines(rng: np.random.Generator, first: int, end: int, rows: int) -> list[str]:
    """Finished lines; no value holds a comma or a quote, so none needs quoting."""
    count = end - first
    shares = np.array(list(PROVINCES.values())) / sum(PROVINCES.values())
    columns = zip(
        range(first, end),
        _pick(rng, tuple(SURNAMES.items()), count),
        _pick(rng, GIVEN, count),
        _pick(rng, (*GIVEN, ""), count),
        _pick(rng, MOBILE, count),
        _pick(rng, tuple(PROVINCES), count, shares),
        _pick(rng, BRAND, count),
        _pick(rng, BRAND, count),
        _pick(rng, BRAND, count),
        _pick(rng, INDUSTRIES, count),
        _pick(rng, PRODUCTS, count),
        _pick(rng, SOURCES, count),
        _created_at(rng, first, end, rows),
        _pick(rng, GRADES, count, np.array(GRADE_SHARES)),
        strict=True,
    )
    return [
        f"L{row + 1:09d},{surname}{given}{given_2},{prefix}{row * PHONE_STRIDE % NUMBERS:08d},"
        f"{pinyin}{row * MAIL_STRIDE % NUMBERS:08d}@example.com,"
        f"{province[:2]}{brand}{brand_2}{brand_3}{industry[:2]}有限公司,"
        f"{province},{industry},{product},{source},{created_at},{grade}\n"
        for (
            row,
            (surname, pinyin),
            given,
            given_2,
            prefix,
            province,
            brand,
            brand_2,
            brand_3,
            industry,
            product,
            source,
            created_at,
            grade,
        ) in columns
    ]


def _pick(
    rng: np.random.Generator, values: Sequence[T], count: int, shares: Floats | None = None
) -> list[T]:
    return [values[at] for at in rng.choice(len(values), count, p=shares).tolist()]


def _created_at(rng: np.random.Generator, first: int, end: int, rows: int) -> list[str]:
    """Local times, rising through one year."""
    steps: Ints = np.arange(first, end) * YEAR_SECONDS // rows
    jitter = rng.integers(0, max(YEAR_SECONDS // rows, 1), end - first)
    start = np.datetime64("2025-01-01T00:00:00", "s")
    texts = np.datetime_as_string(start + (steps + jitter).astype("timedelta64[s]"))
    return [text.replace("T", " ") for text in texts.tolist()]
