"""Every division of the list: by its path, by its short forms, and beside the newest list."""

import csv
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.region_names import stem
from evenhand.sheets.regions.hints import Confidence, Hints
from evenhand.sheets.regions.load import resolver as shipped
from evenhand.sheets.regions.phones import prefixes
from evenhand.sheets.regions.resolver import Resolver


def test_a_resolved_path_resolves_to_itself(resolver: Resolver) -> None:
    for code in resolver.atlas.divisions:
        path = resolver.atlas.path(code)

        found = resolver.resolve(Hints(region=path))

        assert (found.path, found.place.code, found.confidence) == (path, code, Confidence.SURE)


@given(st.text(max_size=40))
def test_whatever_is_written_resolves_the_same_again(text: str) -> None:
    resolver = shipped()
    found = resolver.resolve(Hints(address=text))

    assert not found.path or resolver.resolve(Hints(region=found.path)).path == found.path


def test_the_newest_list_is_ours(resolver: Resolver, shared_data: Path) -> None:
    rows = _divisions(shared_data)

    assert {row["code"]: row["name"] for row in rows} == {
        code: division.name
        for code, division in resolver.atlas.divisions.items()
        if code[:2] not in {"71", "81", "82"} or code.endswith("0000")
    }


def test_every_county_resolves_from_its_full_and_its_unique_short_form(
    resolver: Resolver, shared_data: Path
) -> None:
    counties = [row for row in _divisions(shared_data) if row["level"] == "county"]
    shorts = Counter((row["city"] or row["province"], stem(row["county"])) for row in counties)
    missed = []
    for row in counties:
        full = row["province"] + row["city"] + row["county"]
        forms = [full]
        is_own = stem(row["county"]) != stem(row["city"] or "")
        if is_own and shorts[(row["city"] or row["province"], stem(row["county"]))] == 1:
            forms += [stem(row["province"]) + stem(row["city"] or "") + stem(row["county"])]
        for form in forms:
            found = resolver.resolve(Hints(address=form))
            if found.place.code != row["code"]:
                missed.append((form, found.path))

    assert len(counties) > 2_800
    assert missed == []


def test_area_codes_lead_to_the_right_city(resolver: Resolver, shared_data: Path) -> None:
    """Beside an independent table: of a hundred area codes at least 99 and a half."""
    file = shared_data / "cn_phone_holiday" / "landline_area_code.txt"
    lines = [line for line in file.read_text("utf-8").splitlines() if "/" in line]
    wrong = [line for line in lines if not _agrees(line, resolver)]

    # That table gives two codes to the wrong city: 0457 is 大兴安岭's, 0555 马鞍山's.
    known = {"0457 内蒙古/兴安", "0555 辽宁/鞍山"}
    assert len(lines) > 300
    assert len({*wrong} - known) <= 0.005 * len(lines), wrong


def _agrees(line: str, resolver: Resolver) -> bool:
    code, _, place = line.partition(" ")
    province, _, city = place.partition("/")
    wanted = resolver.resolve(Hints(province=province, city=city))
    found = resolver.resolve(Hints(phone=f"{code}-62345678"))
    # 莱芜 is a district of 济南 today: its numbers lead to the city.
    return any(
        path and (path.startswith(wanted.path) or wanted.path.startswith(path + "/"))
        for path in (found.path, *(one.path for one in found.candidates))
        if "/" in path or path == wanted.path
    )


def test_numbers_lead_to_the_city_that_the_library_names(resolver: Resolver) -> None:
    """A sample of mobile and landline prefixes beside the library's own answer: ≥ 99.5 %."""
    from phonenumbers import parse
    from phonenumbers.geocoder import description_for_number

    asked = right = 0
    wrong = []
    for prefix in [prefix for prefix, _ in prefixes().items() if prefix[:2] == "86"][::23]:
        national = prefix.removeprefix("86")
        mobile = national[0] == "1" and len(national) > 2
        number = national.ljust(11, "4") if mobile else (national + "62345678")[:11]
        place = description_for_number(parse(f"+86{number}"), "zh")
        found = resolver.resolve(Hints(phone=number if mobile else f"0{number}"))
        if not place or place == "中国":
            continue
        asked += 1
        if any(_names(path, place) for path in (found.path, *(p.path for p in found.candidates))):
            right += 1
        else:
            wrong.append((number, place, found.path))

    assert asked > 5_000
    assert right >= 0.995 * asked, wrong


def _names(path: str, place: str) -> bool:
    """Whether the library's words, such as 内蒙古鄂尔多斯市, speak of the city of the path."""
    steps = path.split("/")
    city = steps[1] if len(steps) > 1 else steps[0]
    renamed = {"襄阳": "襄樊", "济南": "莱芜", "合肥": "巢湖"}
    bare = stem(city)
    return bool(bare) and (bare in place or renamed.get(bare, bare) in place)


def _divisions(shared_data: Path) -> list[dict[str, str]]:
    file = shared_data / "cn_regions" / "divisions_2026_mca.csv"
    with file.open(encoding="utf-8") as lines:
        return [
            row for row in csv.DictReader(lines) if row["level"] in {"province", "city", "county"}
        ]
