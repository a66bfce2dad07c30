"""Conditions and bindings for hypothesis: every operator, every kind of operand, odd texts."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

from evenhand.engine.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Atom,
    Bindings,
    Duration,
    FieldRef,
    Not,
    Operator,
    Range,
    Unit,
)
from evenhand.engine.conditions.operators import Shape, shape_of
from evenhand.engine.facts import Regions

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 5, 6, 10, 30, tzinfo=SHANGHAI)

REGIONS = Regions(
    parents={"杭州市": "浙江省", "西湖区": "杭州市", "宁波市": "浙江省", "California": "USA"},
    aliases={"杭州": "杭州市", "浙江": "浙江省", "CA": "California"},
)

WORDS = [
    "百度",
    "抖音",
    "Web",
    "ＷＥＢ",
    " web ",
    "machinery",
    "a b",
    "",
    "机械",
    "2026-05-01",
    "7d",
    "true",
]
PLACES = ["杭州市", "杭州", "浙江省", "浙江省/西湖区", "宁波", "California", "usa", " / ", "CA"]

ODD_SIGNS = "\"'\\`“”「」 \n\t\u200b\u202e,()[]=<>!.-/:+＝（，、7aÅßİ中😀"
texts = st.one_of(
    st.sampled_from(WORDS + PLACES),
    st.text(alphabet=ODD_SIGNS, max_size=8),
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8
    ),
)
numbers = st.one_of(
    st.integers(-3, 12),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-20, 20, places=2),
    st.decimals(-(10**14), 10**14, places=9),
)
dates = st.one_of(st.dates(), st.dates(date(2026, 4, 28), date(2026, 5, 9)), st.just(NOW.date()))
_zones = st.sampled_from([None, UTC, SHANGHAI, timezone(timedelta(hours=-3, minutes=-30))])
_near = st.datetimes(datetime(2026, 4, 28), datetime(2026, 5, 9))
instants = st.one_of(
    st.builds(lambda at, zone: at.replace(tzinfo=zone, microsecond=0), st.datetimes(), _zones),
    st.builds(lambda at, zone: at.replace(tzinfo=zone, microsecond=0), _near, _zones),
)
clocks = st.one_of(
    st.times().map(lambda at: at.replace(microsecond=0)), st.sampled_from([time(9), time(18)])
)
constants = st.one_of(texts, numbers, st.booleans(), dates, instants, clocks)
durations = st.builds(Duration, st.integers(0, 1250), st.sampled_from(Unit))

_names = {
    "lead": [
        "source",
        "region",
        "budget",
        "created_at",
        "is_open",
        "phone",
        "skill",
        "客户类型",
        "a b",
    ],
    "company": ["region", "is_key_account", "employees"],
    "rep": ["region", "skill", "joined_on", "is_new", "team"],
    "now": ["at", "date", "time", "weekday", "is_working_time", "mood"],
}
fields = st.sampled_from([FieldRef(root, name) for root, names in _names.items() for name in names])


def operands(operator: Operator) -> st.SearchStrategy[object]:
    """Whatever an operator can take."""
    match shape_of(operator):
        case Shape.NOTHING:
            return st.none()
        case Shape.VALUE:
            return st.one_of(constants, fields)
        case Shape.LIST:
            return st.one_of(st.lists(constants, min_size=1, max_size=4).map(tuple), fields)
        case Shape.PLACES:
            places = st.one_of(st.sampled_from(PLACES), texts)
            return st.one_of(places, st.lists(places, min_size=1, max_size=3).map(tuple), fields)
        case Shape.RANGE:
            ends = st.one_of(constants, fields)
            same = st.sampled_from([numbers, clocks, dates, instants]).flatmap(
                lambda kind: st.builds(Range, kind, kind)
            )
            return st.one_of(same, st.builds(Range, ends, ends))
        case Shape.SPAN:
            return durations


atoms = st.sampled_from(Operator).flatmap(
    lambda operator: st.builds(Atom, fields, st.just(operator), operands(operator))
)
conditions = st.recursive(
    st.one_of(atoms, st.sampled_from([ALWAYS, NEVER])),
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda found: AllOf(tuple(found))),
        st.lists(parts, min_size=2, max_size=3).map(lambda found: AnyOf(tuple(found))),
        st.builds(Not, parts),
    ),
    max_leaves=8,
)

_lists = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(PLACES)), max_size=3).map(tuple)
values = st.one_of(
    st.none(),
    constants,
    _lists,
    st.sampled_from([Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")]),
    st.times(timezones=st.just(UTC)),
)


class EveryOtherHour:
    """A clock that works in even hours of the day: simple, and quick to count."""

    def is_working(self, at: datetime, /) -> bool:
        return at.astimezone(SHANGHAI).hour % 2 == 0

    def elapsed(self, from_at: datetime, to_at: datetime, /) -> timedelta:
        assert from_at <= to_at
        return self._since_origin(to_at) - self._since_origin(from_at)

    @staticmethod
    def _since_origin(at: datetime) -> timedelta:
        since = at - datetime(1900, 1, 1, tzinfo=SHANGHAI)
        pairs, rest = divmod(since, timedelta(hours=2))
        return pairs * timedelta(hours=1) + min(rest, timedelta(hours=1))


def _mapping(root: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(_names[root], values))


bindings = st.builds(
    Bindings,
    lead=_mapping("lead"),
    now=st.one_of(st.just(NOW), _near.map(lambda at: at.replace(tzinfo=SHANGHAI))),
    company=_mapping("company"),
    rep=st.one_of(st.none(), _mapping("rep")),
    regions=st.sampled_from([REGIONS, Regions()]),
    clock=st.sampled_from([None, EveryOtherHour()]),
)


# The same once more with values that fit their fields, because most random atoms simply fail.
_few_words = st.sampled_from(["web", "ＷＥＢ", " Web", "we", "机械", "machinery", ""])
_word_lists = st.lists(_few_words, max_size=3).map(tuple)
_places = st.sampled_from(PLACES)
_place_lists = st.lists(_places, max_size=3).map(tuple)
_few_numbers = st.one_of(st.integers(0, 5), st.decimals(0, 5, places=1))
_few_instants = st.builds(
    lambda hours, zone: (NOW + timedelta(hours=hours)).astimezone(zone),
    st.integers(-60, 60),
    st.sampled_from([UTC, SHANGHAI]),
)
_few_dates = st.dates(date(2026, 5, 4), date(2026, 5, 8))
_few_clocks = st.sampled_from([time(1), time(9), time(10, 30), time(18), time(23)])
_few_durations = st.builds(Duration, st.integers(0, 40), st.sampled_from(Unit))

FITTING = {
    "lead.source": _few_words,
    "lead.skill": _few_words,
    "lead.region": _places,
    "lead.budget": _few_numbers,
    "lead.created_at": _few_instants,
    "lead.is_open": st.booleans(),
    "rep.region": _place_lists,
    "rep.skill": _word_lists,
    "rep.joined_on": _few_dates,
    "now.time": _few_clocks,
    "now.date": _few_dates,
}
_FITTING_MIXED = {
    **FITTING,
    "lead.created_at": st.one_of(_few_instants, _few_dates),
    "lead.source": st.one_of(_few_words, st.just(FieldRef("lead", "skill"))),
    "rep.skill": st.one_of(_few_words, st.just(FieldRef("lead", "skill"))),
    "rep.region": st.one_of(_places, st.just(FieldRef("lead", "region"))),
    "lead.region": st.one_of(_places, st.just(FieldRef("rep", "region"))),
}
_LISTED = {"lead.source": "rep.skill", "lead.skill": "rep.skill", "rep.skill": "rep.skill"}


def _fitting_operands(path: str, operator: Operator) -> st.SearchStrategy[object]:
    single = _FITTING_MIXED[path]
    constant = single.filter(lambda value: not isinstance(value, FieldRef))
    several = st.lists(constant, min_size=1, max_size=3).map(tuple)
    match shape_of(operator):
        case Shape.NOTHING:
            return st.none()
        case Shape.SPAN:
            return _few_durations
        case Shape.RANGE:
            return st.builds(Range, single, single)
        case Shape.LIST if path in _LISTED:
            return st.one_of(several, st.just(FieldRef.of(_LISTED[path])))
        case Shape.LIST:
            return several
        case Shape.PLACES:
            text = st.sampled_from(PLACES)
            return st.one_of(text, st.lists(text, min_size=1, max_size=3).map(tuple), fields)
        case _:
            return single


fitting_atoms = st.tuples(st.sampled_from(sorted(FITTING)), st.sampled_from(Operator)).flatmap(
    lambda pair: st.builds(
        Atom, st.just(FieldRef.of(pair[0])), st.just(pair[1]), _fitting_operands(*pair)
    )
)


def _fitting_values(root: str) -> st.SearchStrategy[dict[str, object]]:
    found = {
        path.partition(".")[2]: kind for path, kind in FITTING.items() if path.startswith(root)
    }
    return st.fixed_dictionaries(found)


fitting_bindings = st.builds(
    Bindings,
    lead=_fitting_values("lead"),
    now=st.just(NOW),
    rep=_fitting_values("rep"),
    regions=st.just(REGIONS),
    clock=st.just(EveryOtherHour()),
)
