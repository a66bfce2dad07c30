"""People, items and loads of all sorts: what random worlds are made of."""

from dataclasses import replace
from datetime import date, timedelta

from evenhand.engine.facts import Adjustment, Company, Item, ItemKind, Leave, Load, Rep
from tests.engine.routing.world import NOW, points

PEOPLE = ("ana", "ben", "cai", "dan", "eve", "fei")
REGIONS = ("杭州市", "宁波市", "苏州市")
PRODUCTS = ("crane", "lift")
SOURCES = ("web", "fair", "referral")

# What no receipt may hold: each of these stands in leads and in conditions over them.
PERSONAL = ("Zhang Wei", "zhang.wei@example.com", "+8613800138000", "private note")

LADDER = [
    {
        "level": "new",
        "takes": "lead.grade = C",
        "ramp": {"start_percent": 40, "days": 90},
        "stretch": {"percent": 30},
    },
    {"level": "middle", "takes": "lead.grade in [B, C]", "stretch": {"percent": 20}},
    {"level": "senior"},
]
_LEAVES = (
    (Leave(NOW - timedelta(days=1), NOW + timedelta(days=1)),),
    (Leave(NOW - timedelta(days=9), NOW - timedelta(days=5)),),
)
PLAIN_PEOPLE = tuple(
    Rep(
        "",
        team=team_name,
        level=level,
        weight=weight,
        fields=fields,
        mentor_id="fei",
        weights=weights,
    )
    for team_name, level, weight, fields, weights in (
        ("north", "", 100, {}, {}),
        ("north", "senior", 150, {"region": ("浙江省",)}, {}),
        ("north", "middle", 100, {"product": ("crane",)}, {"A": 50}),
        ("north", "new", 50, {"region": ("苏州市", "宁波市"), "product": PRODUCTS}, {}),
        ("south", "senior", 100, {"product": ("lift",)}, {"lead:C": 200}),
        ("south", "middle", 100, {}, {"task": 30}),
        ("south", "new", 100, {"region": ("浙江省",)}, {}),
        ("", "senior", 250, {}, {}),
    )
)
PEOPLE_OF_ALL_SORTS = (
    *PLAIN_PEOPLE,
    *(replace(rep, performance=130, reward=120) for rep in PLAIN_PEOPLE[:2]),
    *(replace(rep, joined_on=date(2026, 2, 1)) for rep in PLAIN_PEOPLE[3:7:3]),
    replace(
        PLAIN_PEOPLE[0],
        adjustments=(Adjustment(50, NOW.date(), NOW.date() + timedelta(days=3), "half days"),),
    ),
    replace(PLAIN_PEOPLE[1], capacity=2),
    replace(PLAIN_PEOPLE[2], capacity=0),
    *(replace(PLAIN_PEOPLE[4], leaves=leaves) for leaves in _LEAVES),
    replace(PLAIN_PEOPLE[5], weight=0),
    replace(PLAIN_PEOPLE[1], is_active=False),
    replace(PLAIN_PEOPLE[0], is_accepting=False),
)

_COMPANIES = (
    None,
    Company("acme", {"name": PERSONAL[0], "is_key_account": True}, "cai"),
    None,
    Company("tiny", {}, "gone"),
    Company("free"),
    None,
)
ITEMS_OF_ALL_SORTS = tuple(
    Item(
        "",
        {
            name: value
            for name, value in {
                "grade": "ABCCBC"[number % 6] if number % 11 else None,
                "region": (None, *REGIONS)[number % 4],
                "product": (None, *PRODUCTS)[number % 3],
                "source": SOURCES[number // 2 % 3],
                "collected_by": (None, None, "ben", None, "gone")[number % 5],
                "name": (None, "Li Na", PERSONAL[0])[number // 3 % 3],
                "email": (None, PERSONAL[1])[number // 5 % 2],
                "phone": (None, PERSONAL[2])[number // 7 % 2],
                "note": PERSONAL[3],
            }.items()
            if value is not None
        },
        ItemKind.TASK if number % 7 == 3 else ItemKind.LEAD,
        _COMPANIES[number // 4 % 6],
    )
    for number in range(48)
)


CARRIED: tuple[dict[str, Load], ...] = (
    {},
    {"ana": Load(2, points(9)), "ben": Load(4, points(4))},
    {
        "ana": Load(received=((NOW - timedelta(days=5), points(8)), (NOW, points(21)))),
        "cai": Load(3, points(15), ((NOW - timedelta(hours=3), points(1)),) * 3),
        "gone": Load(1, points(1)),
    },
)
