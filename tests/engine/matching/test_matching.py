"""Who is who: on labelled sets that others use too, and on small cases by hand."""

import csv
import gzip
import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import pytest

from evenhand.engine.matching.agreement import CLOSE, DIFFERENT, DISTANT, SAME, Kind, agreement
from evenhand.engine.matching.evidence import Field, Record
from evenhand.engine.matching.match import find_repeats, link

PERSON = (
    Field("given_name", Kind.WORD),
    Field("surname", Kind.WORD),
    Field("street_number", Kind.CODE),
    Field("address_1", Kind.TEXT),
    Field("address_2", Kind.TEXT),
    Field("suburb", Kind.WORD),
    Field("postcode", Kind.CODE),
    Field("state", Kind.CODE),
    Field("date_of_birth", Kind.CODE),
    Field("soc_sec_id", Kind.CODE),
)
FIRM = (
    Field("name", Kind.TEXT),
    Field("addr", Kind.TEXT),
    Field("city", Kind.WORD),
    Field("phone", Kind.CODE),
    Field("type", Kind.TEXT),
)


def rows(data: Path, name: str) -> list[dict[str, str]]:
    path = data / "dedupe" / name
    with gzip.open(path, "rt") if name.endswith(".gz") else path.open() as file:
        return [
            {key.strip(): (value or "").strip().lower() for key, value in row.items()}
            for row in csv.DictReader(file, skipinitialspace=True)
        ]


def f1(found: Iterable[object], true: Iterable[object]) -> float:
    found, true = set(found), set(true)
    return 2 * len(found & true) / (len(found) + len(true))


@pytest.mark.slow
def test_two_lists_of_five_thousand_people_with_mistakes(shared_data: Path) -> None:
    left, right = (
        rows(shared_data, "febrl_dataset4a.csv.gz"),
        rows(shared_data, "febrl_dataset4b.csv.gz"),
    )

    matches, _ = link(left, right, PERSON)

    def number(record: Record) -> str:
        return record["rec_id"].split("-")[1]

    found = {(number(left[m.left]), number(right[m.right])) for m in matches if m.is_certain}
    assert f1(found, {(number(one), number(one)) for one in left}) >= 0.97


def test_one_list_with_repeats(shared_data: Path) -> None:
    records = rows(shared_data, "febrl_dataset1.csv.gz")

    groups, _, _ = find_repeats(records, PERSON)

    def pairs(ids: Iterable[str]) -> set[tuple[str, ...]]:
        return {tuple(sorted(pair)) for pair in combinations(ids, 2)}

    by_person: dict[str, list[str]] = {}
    for one in records:
        by_person.setdefault(one["rec_id"].split("-")[1], []).append(one["rec_id"])
    true = {pair for ids in by_person.values() for pair in pairs(ids)}
    found = {pair for group in groups for pair in pairs(records[one]["rec_id"] for one in group)}
    assert f1(found, true) >= 0.97


def test_two_restaurant_guides(shared_data: Path) -> None:
    left, right = rows(shared_data, "fodors.csv"), rows(shared_data, "zagats.csv")
    for one in (*left, *right):
        one["phone"] = re.sub(r"\D", "", one["phone"])

    matches, _ = link(left, right, FIRM)

    found = {(left[m.left]["id"], right[m.right]["id"]) for m in matches if m.is_certain}
    true = {
        (one["fodors_id"], one["zagats_id"])
        for one in rows(shared_data, "matches_fodors_zagats.csv")
    }
    assert f1(found, true) >= 0.95


@pytest.mark.parametrize(
    ("kind", "one", "other", "level"),
    [
        (Kind.WORD, "miller", "miller", SAME),
        (Kind.WORD, "miller", "milller", CLOSE),
        (Kind.WORD, "miller", "muller", CLOSE),
        (Kind.WORD, "miller", "smith", DIFFERENT),
        (Kind.TEXT, "cafe lalo, 201 w. 83rd", "201 w 83rd cafe lalo", CLOSE),
        (Kind.TEXT, "500 geary street", "3355 geary street", DISTANT),
        (Kind.TEXT, "远大机械有限公司", "杭州远大机械有限公司", CLOSE),
        (Kind.CODE, "13800138000", "13800138001", CLOSE),
        (Kind.CODE, "13800138000", "13800138011", DISTANT),
        (Kind.CODE, "13800138000", "13988887777", DIFFERENT),
        (Kind.CODE, "", "1", None),
    ],
)
def test_how_well_two_values_agree(kind: Kind, one: str, other: str, level: int | None) -> None:
    assert agreement(kind, one, other) == level
    assert agreement(kind, other, one) == level


def company(number: int) -> dict[str, str]:
    """One of many invented firms."""
    first = "宏泰瑞丰远鼎华凯信达博众"[number % 12]
    second = "成隆昌祥盛源通和顺发兴业"[number // 12 % 12]
    trade = ("机械", "电子", "食品", "化工", "物流", "材料")[number // 144 % 6]
    return {
        "name": f"{first}{second}{trade}",
        "phone": f"0571{int(sha256(str(number).encode()).hexdigest(), 16) % 10**8:08}",
        "city": ("杭州市", "上海市", "苏州市")[number % 3],
    }


def test_chinese_firms_written_otherwise_are_found_and_namesakes_are_not_joined() -> None:
    fields = (Field("name", Kind.TEXT), Field("phone", Kind.CODE), Field("city", Kind.WORD))
    left = [company(number) for number in range(600)]
    right = [dict(company(number)) for number in range(0, 600, 6)]
    for number, one in enumerate(right):
        one["name"] += "股份" if number % 2 else ""
        if number % 5 == 0:
            one["phone"] = ""
    right.append({"name": left[1]["name"], "phone": "057199999999", "city": "广州市"})

    matches, _ = link(left, right, fields)

    certain = {(m.left, m.right) for m in matches if m.is_certain}
    true = {(number, number // 6) for number in range(0, 600, 6) if number // 6 % 5}
    assert true <= certain
    assert (1, 100) not in certain


def test_what_is_only_likely_is_left_to_a_person() -> None:
    fields = (Field("name", Kind.TEXT), Field("phone", Kind.CODE), Field("city", Kind.WORD))
    records = [company(number) for number in range(300)]
    records.append({**company(7), "phone": ""})

    groups, likely, _ = find_repeats(records, fields)

    together = [pair for pair in groups if 300 in pair]
    asked = [(m.left, m.right) for m in likely if m.right == 300]
    assert together == [[7, 300]] or asked == [(7, 300)]


def test_the_same_lists_give_the_same_answer() -> None:
    fields = (Field("name", Kind.TEXT), Field("phone", Kind.CODE))
    left = [company(number) for number in range(200)]

    assert link(left, left[::-1], fields)[0] == link(left, left[::-1], fields)[0]


def test_nothing_to_match_is_no_mistake() -> None:
    fields = (Field("name", Kind.TEXT),)

    assert link([], [], fields)[0] == []
    assert find_repeats([{"name": ""}], fields)[:2] == ([], [])
