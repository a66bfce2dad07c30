"""Which parameter of a reason is shown in which way: one table.

By code and parameter (`change.field.wanted`), else by area (`capacity.kind`), else by the
parameter's name alone. What it does not name is shown as it is, a number as a number. Grades,
levels, groups, rules and the names of people are never translated.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from evenhand.wording.display import (
    Show,
    balance,
    choices,
    count,
    enough_points,
    exact_points,
    field,
    front,
    lead_field,
    leave_end,
    leave_stop,
    moment,
    operator,
    other_spelling,
    percent,
    person,
    points,
    score,
    signed_points,
    signed_score,
    term,
    text,
    token,
    value_of_field,
)


def show_of(code: str, name: str) -> Show:
    """How this parameter of this code is shown."""
    return next((PARAMETERS[key] for key in _keys(code, name) if key in PARAMETERS), count)


def is_declared(code: str, name: str) -> bool:
    """Whether the table says how this parameter is shown."""
    return any(key in PARAMETERS for key in _keys(code, name))


def _keys(code: str, name: str) -> Iterator[str]:
    area = code.partition(".")[0]
    yield from (f"{code}.{name}", f"{area}.{name}", name)


def _each(names: str, show: Show) -> dict[str, Show]:
    return dict.fromkeys(names.split(), show)


def _explained() -> Iterator[tuple[str, Show]]:
    """Conditions that are explained, not refused: fields, operators and values in words."""
    for what in "failed held masked missing no_calendar remedy remedy_masked said".split():
        for name in ("field", "other", "absent"):
            yield f"condition.{what}.{name}", field
        for name in ("actual", "wanted"):
            yield f"condition.{what}.{name}", value_of_field
        yield f"condition.{what}.operator", operator


_BY_NAME: dict[str, Show] = {
    **_each("count counted length needed tied since winner_since in_band place", count),
    **_each("excluded full limit cells digits ratio factor reps outcomes turns seconds", count),
    **_each("members teams", count),
    # An exact fraction is no count: no comma.
    **_each("numerator denominator", text),
    **_each("points bonus difference missing band before", points),
    # What a policy says, and what is no amount of points but in millionths too.
    **_each("gain_millionths min max", exact_points),
    **_each("winner_score next_score", points),
    **_each("owed most_owed next_owed winner_owed grade_owed least", balance),
    **_each("fit best_fit next_fit chance room", percent),
    **_each("from_at back_at opens_at at date", moment),
    "until_at": leave_end,
    "stops_at": leave_stop,
    "weekday": term("weekday"),
    **_each("person rep former winner actor names", person),
    **_each("type other_type value_type", term("type")),
    **_each("hint other_hint", term("region-hint")),
    "decree": term("region-decree"),
    "role": term("role"),
    "acts": term("act"),
    "dimension": term("dimension"),
    "fields": field,
    **_each("holds is_negated is_won outcome of per", token),
    **_each("grades choices usable sheets roles", choices),
    **_each("takers levels others columns matched unmatched", text),
    # Rows, lines and years are counted by nobody: no plural, no comma.
    **_each("row first_row line year last_year", text),
    **_each("above adjustment behavior cap character column country detail encoding", text),
    **_each(
        "escape example extension file first found grade group has high hours id item kept", text
    ),
    **_each("key level low mode month_first day_first name part percent renamed root rule", text),
    **_each("second sheet shift signal subdivision suggestion text time value word zone", text),
    **_each("folder log step pool", text),
    **_each("places other_places written old prefix zip states", text),
    # In errors a field and its operator stand as they were written: there to be found.
    **_each("field operator other wanted", text),
}

_BY_AREA: dict[str, Show] = {
    "backup.free": count,  # megabytes
    "capacity.kind": token,
    "points.kind": term("item-kind"),
    "lint.clock": term("clock-name"),
    "lint.left": text,
    "policy.line": count,  # 0 where it is not known
    "region.place": text,
    "restore.tables": text,
    "score.raw": score,
    "studio.number": text,
    "score.amount": signed_score,
}

_BY_CODE: dict[str, Show] = {
    "appeal.too_many_points.limit": points,
    "capacity.open_items.open": count,
    "capacity.open_points.limit": points,
    "capacity.open_points.open": points,
    "capacity.window_items.received": count,
    "capacity.window_points.limit": points,
    "capacity.window_points.received": points,
    "change.field.field": field,
    "change.field.wanted": value_of_field,
    "change.larger_bonus.points": enough_points,
    "change.more_owed.points": enough_points,
    "claim.holding_items.held": count,
    "claim.holding_items_all.held": count,
    "claim.holding_points.held": points,
    "claim.holding_points.limit": points,
    "claim.holding_points_all.held": points,
    "claim.holding_points_all.limit": points,
    "policy.trigger_stages.trigger": text,
    "task.holding.held": count,
    "task.holding_points.held": points,
    "task.holding_points.limit": points,
    "task.skill_missing.skills": text,
    "import.type_missing.types": choices,
    "import.type_unknown.types": choices,
    "task.too_large.limit": points,
    "condition.expected.expected": token,
    "connector.fetch_failed.status": text,
    "connector.too_old.minutes": count,
    "connector.term_unreadable.known": choices,
    "doctor.no_such_promise.known": choices,
    "condition.span_out_of_range.limit": text,
    "condition.wrong_shape.wanted": token,
    "fit.declared.matched": term("match"),
    "fit.declared.unmatched": term("match"),
    "fit.learnt.kappa": exact_points,  # like points, in millionths
    "fit.learnt.value": exact_points,
    "grade.from_score.from_score": score,
    "grade.from_score.score": score,
    "grade.given.text": other_spelling,
    "grade.lowest.score": score,
    "grade.order.above_from_score": text,
    "grade.order.from_score": text,
    "match.differs.field": lead_field,
    "match.differs.has": value_of_field,
    "match.differs.wanted": value_of_field,
    "points.adjusted.add": signed_points,
    "receipt.lost_lower_score.score": points,
    "receipt.won_most_owed.owed": front,
    "receipt.won_by_fit.score": points,
    "receipt.won_by_grade.score": points,
    "route.folder_in_use.folder": text,
    "route.helper_lost.code": text,
    "score.bounds_without_zero.floor": text,
    "score.cap_out_of_reach.reachable": text,
    "score.dimension_bounded.amount": score,
    "score.dimension_missing.dimension": text,
    "score.signal_bounded.amount": score,
    "score.total_bounded.amount": score,
    "sheet.date_order_shown.order": token,
    "sheet.extension_wrong.found": token,
    "sheet.json_list.path": text,
    "sheet.map_role_unknown.role": text,
    "sheet.row_of_file_too_long.columns": count,
    "sheet.row_too_long.columns": count,
    **_each("fairness.days_out_of_range.least fairness.days_out_of_range.most", count),
    "fairness.points_out_of_range.most": count,
    "sheet.too_many_columns.columns": count,
}

PARAMETERS: Mapping[str, Show] = MappingProxyType(
    {**_BY_NAME, **_BY_AREA, **_BY_CODE, **dict(_explained())}
)
