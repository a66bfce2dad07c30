"""Sample values for every parameter of every code: what the sentences are tried with.

`python -m tests.wording.samples [locale …]` prints every sentence, to be read by a person.
"""

import sys
from collections.abc import Iterator

from evenhand.engine.reasons import CODES, Param, Reason, reason
from evenhand.wording.catalogue import LOCALES, Words
from evenhand.wording.reasons import say

# Worded elsewhere: by the policy's own file and the check-up's.
ELSEWHERE = frozenset({"policy", "lint", "diff", "checkup"})

NAMES = {"r001": "张三", "r002": "李四", "r003": "王五"}

BY_NAME: dict[str, Param] = {
    "states": ("California",),
    "zip": "941",
    "prefix": "0571",
    "old": "襄樊市",
    "written": "鼓楼区中山路1号",
    "other_places": ("浙江省/杭州市",),
    "places": ("江苏省/南京市/鼓楼区", "福建省/福州市/鼓楼区"),
    "other_hint": "city",
    "hint": "address",
    "decree": "state",
    "above": "A",
    "absent": "rep.skill",
    "actual": ("电子",),
    "actor": "r003",
    "acts": ("void", "transfer", "return", "claim", "assign", "credit", "extend"),
    "adjustment": "展会",
    "amount": 1_000,
    "at": "2026-03-20T09:00:00+08:00",
    "back_at": "2026-03-23T09:00:00+08:00",
    "behavior": "访问价格页",
    "cap": "每日上限",
    "character": "#",
    "choices": ("BY", "BE"),
    "column": "手机",
    "columns": ("手机", "固话"),
    "country": "CN",
    "date": "2026-10-01",
    "day_first": "2026-03-04",
    "detail": "bad zip",
    "dimension": "engagement",
    "encoding": "gb18030",
    "escape": "\\x",
    "example": "1.5",
    "extension": ".pages",
    "field": "rep.skill",
    "fields": ("lead.budget", "lead.region", "lead.意向车型"),
    "file": "线索.xlsx",
    "first": "B7",
    "floor": "5",
    "folder": "/srv/evenhand/postgres",
    "found": "抖音",
    "from_at": "2026-03-10T00:00:00+08:00",
    "grade": "A",
    "grades": ("A", "B", "C", "ungraded"),
    "group": "华东组",
    "has": ("浙江省", "江苏省"),
    "high": "10",
    "holds": False,
    "hours": "09:00-12:00, 13:30-18:00",
    "id": "L-17",
    "is_negated": False,
    "is_won": True,
    "item": "L-17",
    "kept": "手机",
    "key": "all",
    "kind": "task",
    "level": "P3",
    "levels": ("P4", "P5"),
    "log": "/srv/evenhand/postgres/pg.log",
    "low": "50",
    "matched": ("industry", "product"),
    "mode": "declared",
    "month_first": "2026-04-03",
    "name": "国庆节",
    "names": ("r001", "赵六"),
    "of": "company",
    "opens_at": "2026-10-09T09:00:00+08:00",
    "operator": "contains",
    "order": "day",
    "other": None,
    "other_type": "number",
    "others": ("说明", "字典"),
    "outcome": "pooled",
    "part": "9点",
    "per": "day",
    "person": "r001",
    "renamed": "手机_2",
    "rep": "r001",
    "role": "phone",
    "roles": ("phone", "email", "custom", "ignore"),
    "root": "led",
    "rule": "大客户",
    "second": "11:00-15:00",
    "seconds": 90,
    "sheet": "Sheet1",
    "sheets": ("Sheet1", "数据"),
    "shift": "09:00-09:00",
    "signal": "价格页",
    "step": "migrate",
    "stops_at": "2026-03-08T00:00:00+08:00",
    "subdivision": "XX",
    "suggestion": "lead.source",
    "takers": ("P4", "P5"),
    "text": "9点-12点",
    "time": "20:15",
    "type": "region",
    "unmatched": ("language",),
    "until_at": "2026-03-20T00:00:00+08:00",
    "usable": ("=", "in", "is empty"),
    "value": "2026/3/4",
    "value_type": "text",
    "wanted": "机械",
    "weekday": 6,
    "winner": "r002",
    "word": "a.b",
    "year": 2027,
    "zone": "Asia/Shangai",
    # Amounts: micro-points, millionths.
    **dict.fromkeys(("points", "before", "bonus", "max", "score", "winner_score"), 8_000_000),
    **dict.fromkeys(("difference", "missing", "next_score"), 1_200_000),
    **dict.fromkeys(("owed", "grade_owed"), 3_200_000),
    **dict.fromkeys(("most_owed", "add"), 8_300_000),
    **dict.fromkeys(("next_owed", "least"), -1_500_000),
    **dict.fromkeys(("band", "min"), 5_000_000),
    **dict.fromkeys(("fit", "chance", "room", "best_fit", "next_fit"), 625_000),
    # Counts.
    **dict.fromkeys(
        ("count", "turns", "tied", "digits", "first_row", "in_band", "counted", "open"), 3
    ),
    **dict.fromkeys(("row", "line", "received", "place", "since", "winner_since", "excluded"), 5),
    **dict.fromkeys(("members", "teams"), 3),
    **dict.fromkeys(("limit", "length", "cells", "full", "reps", "outcomes", "needed"), 1_200),
    **dict.fromkeys(("ratio", "factor"), 10_000),
    "numerator": 19,
    "denominator": 1_600,
    "percent": 120,
    "raw": 1_450,
    "from_score": 8_000,
    "gain_millionths": -120,
    "kappa": 300_000,
    "last_year": 2199,
    "reachable": "80",
    "above_from_score": "80",
}

# Where a name means something else: several samples show the branches of a sentence.
BY_CODE: dict[str, list[dict[str, Param]]] = {
    "region.by_custom": [{"place": "广东省/中山市"}],
    "region.file_too_large": [{"limit": 2}],
    "region.re_ranked": [{"place": "浙江省/杭州市/富阳区"}],
    "region.said": [{"place": "浙江省/杭州市"}],
    "availability.on_leave": [
        {},
        {"stops_at": "2026-03-10T00:00:00+08:00", "back_at": None},
        {
            "from_at": "2026-03-10T00:00:00+08:00",
            "until_at": "2026-03-11T00:00:00+08:00",
            "stops_at": "2026-03-10T00:00:00+08:00",
        },
        {
            "from_at": "2026-03-10T13:30:00+08:00",
            "until_at": "2026-03-10T18:00:00+08:00",
            "stops_at": "2026-03-10T13:30:00+08:00",
        },
    ],
    "book.too_far_ahead": [{"owed": -8_000_000, "least": -5_000_000}],
    "calendar.day_off": [{}, {"opens_at": None}],
    "calendar.holiday": [{}, {"name": "", "opens_at": None}],
    "calendar.hours_unreadable": [{}, {"part": "", "text": ""}],
    "calendar.outside_hours": [{"date": "2026-03-10"}],
    "calendar.row_kind": [{"value": "半天"}],
    "calendar.shifts_overlap": [{"first": "09:00-12:00"}],
    "calendar.subdivision_unknown": [{"country": "DE"}, {"choices": ()}],
    "capacity.open_items": [{"open": 30, "limit": 30}, {"open": 1, "limit": 1}],
    "capacity.open_points": [{"open": 45_000_000, "limit": 50_000_000}],
    "capacity.window_items": [
        {"kind": kind, "per": per, "limit": 5}
        for kind in ("fixed", "rolling")
        for per in ("hour", "day", "week", "month")
    ],
    "capacity.window_points": [{"kind": "rolling", "received": 38_000_000, "limit": 40_000_000}],
    "condition.all": [{"holds": True}, {"holds": False}],
    "condition.always": [{"holds": True}, {"holds": False}],
    "condition.any": [{"holds": True}, {"holds": False}],
    "condition.not": [{"holds": True}, {"holds": False}],
    "condition.bad_literal": [{"value": "2026-02-30"}],
    "condition.expected": [
        {"expected": what}
        for what in "list nothing places range span value closing condition end operator".split()
    ],
    "condition.empty_range": [{"field": "lead.budget", "type": "number", "operator": "between"}],
    "condition.failed": [
        {},
        {"field": "lead.source", "operator": "in", "actual": "展会", "wanted": ("百度", "抖音")},
        {"field": "lead.budget", "operator": ">=", "actual": 30_000, "wanted": 50_000},
        {"field": "lead.budget", "operator": "between", "actual": 5, "wanted": (10, 20)},
        {"field": "company.is_key_account", "operator": "=", "actual": False, "wanted": True},
        {"field": "lead.note", "operator": "is not empty", "actual": None, "wanted": None},
        {
            "field": "rep.region",
            "operator": "contains",
            "actual": ("浙江省", "江苏省"),
            "other": "lead.region",
            "wanted": "上海市",
        },
        {
            "field": "rep.joined_on",
            "operator": "<",
            "actual": "2026-02-01",
            "wanted": "2026-01-01",
        },
        {"field": "now.time", "operator": ">=", "actual": "08:05:00", "wanted": "09:00:00"},
        {"field": "now.weekday", "operator": "in", "actual": 6, "wanted": (1, 2, 3, 4, 5)},
        {
            "field": "lead.created_at",
            "operator": "within last",
            "actual": "2026-03-01T08:05:00+08:00",
            "wanted": "2wd",
        },
        {"field": "rep.id", "operator": "=", "actual": "r001", "wanted": "r002"},
        {"field": "lead.意向车型", "operator": "starts with", "actual": "轿车", "wanted": "卡"},
    ],
    "condition.held": [{"actual": ("机械", "电子")}],
    "condition.incomparable": [{"other": "lead.budget", "operator": "="}],
    "condition.masked": [{"field": "lead.phone"}, {"field": "lead.phone", "holds": True}],
    "condition.missing": [{}, {"other": "lead.skill", "absent": "lead.skill", "wanted": None}],
    "condition.no_calendar": [
        {"field": "now.is_working_time", "operator": "=", "wanted": True},
        {"field": "lead.created_at", "operator": "older than", "wanted": "4wh"},
    ],
    "condition.not_a_choice": [{}, {"suggestion": None}],
    "condition.number_out_of_range": [{"value": "about 2^300"}],
    "condition.personal_constant": [{"field": "lead.phone", "type": "text", "operator": "="}],
    "condition.remedy": [
        {},
        *(
            {"operator": sign, "wanted": "机械", "is_negated": is_negated}
            for sign in ("=", "in", "contains", "contains any", "contains all", "starts with")
            for is_negated in (False, True)
        ),
        *(
            {"field": "lead.budget", "operator": sign, "wanted": 5, "is_negated": is_negated}
            for sign in ("<", "<=", ">", ">=", "!=")
            for is_negated in (False, True)
        ),
        *(
            {"field": "lead.region", "operator": sign, "wanted": "华东", "is_negated": is_negated}
            for sign in ("is within", "not in", "is empty", "is not empty")
            for is_negated in (False, True)
        ),
        *(
            {"field": "lead.created_at", "operator": sign, "wanted": span, "is_negated": negated}
            for sign, span in (("within last", "7d"), ("within next", "1h"), ("older than", "2w"))
            for negated in (False, True)
        ),
        *(
            {"field": "now.time", "operator": sign, "wanted": "18:00:00", "is_negated": False}
            for sign in ("<", "<=", ">", ">=")
        ),
        {"field": "lead.budget", "operator": "between", "wanted": (1, 5), "is_negated": True},
        {"field": "rep.is_new", "operator": "=", "wanted": True, "is_negated": True},
    ],
    "condition.span_out_of_range": [{"value": "200000d", "limit": "36500d"}],
    "condition.unknown_field": [{"field": "lead.sourc", "operator": "="}],
    "condition.unknown_root": [{"suggestion": "lead"}],
    "condition.wrong_shape": [
        {"wanted": what} for what in "nothing value list places range span".split()
    ],
    "edit.act_unknown": [{"value": "送出"}, {"value": ""}],
    "edit.person_unknown": [{"name": "赵六"}],
    "edit.rate_out_of_range": [{"value": "120"}],
    "fit.declared": [{}, {"matched": ()}, {"unmatched": ()}],
    "fit.learnt": [{"value": 20_000_000_000}],
    "fit.outcomes_alike": [{"is_won": True}, {"is_won": False}],
    "fit.part_missing": [{"part": "weights"}],
    "fit.part_unused": [{"part": "tables"}],
    "fit.segment_unknown": [{"field": "lead.product"}],
    "fit.too_few_outcomes": [{"count": 120, "needed": 200}, {"count": 1, "needed": 200}],
    "grade.from_score": [{"score": 8_250}],
    "grade.given": [{"text": "重点"}, {"text": "A"}],
    "grade.lowest": [{"score": 1_200, "grade": "D"}],
    "grade.order": [{"grade": "B", "from_score": "90"}],
    "grade.twice": [{"name": "A"}],
    "grade.ungraded": [{"grade": "ungraded"}],
    "grade.unknown": [{"text": "S"}],
    "level.does_not_take": [{}, {"takers": ()}],
    "people.address_taken": [{"value": "zhang@example.com"}],
    "people.address_unreadable": [{"value": "zhang"}],
    "people.away_already": [
        {},
        {"from_at": "2026-03-10T00:00:00+08:00", "until_at": "2026-03-11T00:00:00+08:00"},
    ],
    "peace.contacts": [{}, {"count": 1, "opens_at": None}],
    "peace.owners": [{}, {"count": 1, "opens_at": None}],
    "people.calendar_in_use": [{}, {"count": 1}],
    "people.inactive": [{"name": "张三"}],
    "people.name_taken": [{"name": "华东"}],
    "people.mentor_unknown": [{"value": "张三"}],
    "people.role_unknown": [{"value": "国王"}],
    "people.row_repeated": [{"value": "zhang@example.com"}],
    "people.team_elsewhere": [{"name": "上海"}],
    "people.number_unreadable": [{"value": "很多"}],
    "people.shift_overlaps": [{"name": "张三"}],
    "people.team_circle": [{"name": "华东"}],
    "people.team_dissolved": [{"name": "华东"}],
    "people.team_not_empty": [
        {},
        {"members": 1, "teams": 0},
        {"members": 0, "teams": 1},
    ],
    "people.weight_unknown": [{"value": "线索:A"}],
    "match.differs": [{"field": "region", "wanted": "上海市"}],
    "owner.departed": [{}],
    "points.adjusted": [
        {"add": 2_000_000, "percent": None},
        {"add": -500_000, "percent": None, "points": 1_000_000},
        {"add": None, "points": 9_600_000},
    ],
    "points.base": [{"kind": None}, {}],
    "points.base_out_of_bounds": [{}, {"max": None}],
    "points.bounded": [{"before": 12_000_000}, {"before": 1_000_000}],
    "points.grade_without_base": [{"kind": None}, {}],
    "points.reads_rep": [{"name": "展会", "field": "rep.level"}],
    "points.twice": [{"name": "展会"}],
    "points.grade_unknown": [{"grade": "S"}],
    "receipt.lost_outside_band": [{"owed": -1_500_000, "missing": 4_800_000}],
    "receipt.lost_lower_score": [{"score": 6_800_000}],
    "receipt.lost_shorter_waiting": [{"since": 2}, {"winner_since": None}],
    "receipt.not_dealt": [
        {"outcome": what} for what in ("pooled", "waiting", "escalated", "no_rule")
    ],
    "receipt.runner_up": [{"place": 1}, {"place": 2}],
    "receipt.placed_by_hand": [{}, {"actor": None}],
    "receipt.went_to_owner": [{"of": what} for what in ("company", "territory", "collector")],
    "receipt.won_as_owner": [{"of": what} for what in ("company", "territory", "collector")],
    "receipt.won_best_fit": [{}, {"next_fit": None}],
    "receipt.won_by_fit": [{}, {"next_score": None}],
    "receipt.won_by_grade": [{}, {"next_score": None}],
    "receipt.won_by_hand": [{}, {"actor": None}],
    "receipt.won_longest_waiting": [{}, {"tied": 1, "since": 1}, {"since": None}],
    "receipt.won_most_owed": [{}, {"next_owed": None}],
    "score.bounds_without_zero": [{"cap": "-5", "floor": "-9"}, {"cap": "-5", "floor": None}],
    "score.cap_out_of_reach": [{"cap": "100"}],
    "score.behavior": [{"counted": 1, "amount": 600}, {"amount": -150}],
    "score.count_limited": [{"count": 5}],
    "score.future_ignored": [{"count": 1}, {}],
    "score.not_a_number": [{"value": "'十'"}],
    "score.out_of_range": [{"value": "12000", "limit": 10_000}],
    "score.only_for_behavior": [{"name": "max_count"}],
    "score.reads_rep": [{"name": "价格页", "field": "rep.level"}],
    "score.signal_twice": [{"name": "价格页"}],
    "score.too_fine": [{"value": "0.125"}],
    "sheet.boolean_unreadable": [{"value": "也许"}],
    "sheet.cell_error": [{"value": "#REF!"}],
    "sheet.column_shares": [{"column": "份额", "percent": "150"}],
    "sheet.column_unit": [{"column": "预算(万元)"}],
    "sheet.date_order_shown": [{"order": "day"}, {"order": "month"}],
    "sheet.date_unreadable": [{"value": "下周"}],
    "sheet.digits_lost": [{"value": "1.38E+10"}],
    "sheet.characters_damaged": [{}, {"count": 1}],
    "sheet.error_cells": [{}, {"count": 1}],
    "sheet.rows_above_header": [{}, {"count": 1}],
    "sheet.extension_wrong": [
        {"found": what}
        for what in (
            "a workbook or zip archive",
            "an empty zip archive",
            "an old .xls workbook",
            "a PDF document",
            "gzip: unpack it first",
            "a RAR archive: unpack it first",
            "a 7-Zip archive: unpack it first",
            "an image",
            "a word processor's document",
            "a web page",
            "plain text",
            "a zip archive",
        )
    ],
    "sheet.map_role_unknown": [{"role": "手机机"}],
    "sheet.map_unreadable": [{"text": "手机"}],
    "sheet.row_of_file_too_long": [{"file": "team.csv", "row": 7, "cells": 14, "columns": 12}],
    "sheet.row_too_long": [{"cells": 14, "columns": 12}],
    "sheet.too_many_columns": [{"columns": 2_400}],
    "edit.points_out_of_range": [{"value": "-3", "limit": 1_000_000}],
    "receipts.unreadable": [{}, {"line": None}],
    "route.at_unreadable": [{"value": "明天"}],
    "state.newer": [{"file": "state.json"}],
    "state.unreadable": [{"file": "state.json"}],
    "route.kind_unknown": [{"value": "活动"}],
}


def reasons_of(code: str) -> list[Reason]:
    """The code with its sample parameters, once for each branch that samples know."""
    return [
        reason(code, **{name: more.get(name, BY_NAME.get(name, "x")) for name in CODES[code]})
        for more in BY_CODE.get(code, [{}])
    ]


def codes() -> list[str]:
    """The codes that are worded here."""
    return [code for code in CODES if code.partition(".")[0] not in ELSEWHERE]


def page(locales: tuple[str, ...]) -> Iterator[str]:
    """Every code with its sentences."""
    for code in codes():
        yield code
        for sample in reasons_of(code):
            for locale in locales:
                yield f"    {locale:8} {say(Words(locale), sample, NAMES)}"


if __name__ == "__main__":
    print("\n".join(page(tuple(sys.argv[1:]) or LOCALES)))
