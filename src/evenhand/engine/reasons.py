"""Reason codes with parameters. The words, in three languages, are `evenhand.wording`'s business.

A code is `area.what`; its parameters are plain values (text, integers, booleans, ISO times).
Every code stands in CODES with the names of its parameters, so that a missing or surplus
parameter is an error here and a missing sentence is an error in the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Param = str | int | bool | None | tuple["Param", ...]

# One block per area, in alphabetical order; each line: code → names of its parameters.
CODES: Mapping[str, tuple[str, ...]] = {
    # act: why an act by hand is refused (routing/operations)
    "act.limit_reached": ("limit",),
    "act.nobody_there": ("rep",),
    "act.not_free": ("item",),
    "act.not_yours": ("item",),
    "act.note_missing": (),
    "act.reason_unknown": (),
    # availability: why a person cannot receive items now (engine/calendar/absence)
    "availability.on_leave": ("from_at", "until_at", "stops_at", "back_at"),
    "availability.inactive": (),
    "availability.switched_off": (),
    # book: why the ledger refuses an act (engine/ledger/bookings); micro-points
    "book.not_a_member": ("person",),
    "book.too_far_ahead": ("person", "owed", "least"),
    # calendar: why it is closed, what is not settled, and what is wrong with hours or a file of
    # days (engine/calendar, people/workdays)
    "calendar.beyond_horizon": ("at", "last_year"),
    "calendar.country_unknown": ("country",),
    "calendar.day_off": ("date", "weekday", "opens_at"),
    "calendar.file_column_missing": ("file", "column"),
    "calendar.file_unreadable": ("file", "row"),
    "calendar.holiday": ("date", "name", "opens_at"),
    "calendar.hours_unreadable": ("text", "part"),
    "calendar.not_covered": ("year",),
    "calendar.outside_hours": ("date", "time", "hours", "opens_at"),
    "calendar.provisional": ("year",),
    "calendar.row_date": ("file", "row", "column", "value"),
    "calendar.row_hours": ("file", "row", "column", "value"),
    "calendar.row_kind": ("file", "row", "column", "value"),
    "calendar.row_repeated": ("file", "row", "column", "value", "first_row"),
    "calendar.shift_empty": ("shift",),
    "calendar.shifts_overlap": ("first", "second"),
    "calendar.subdivision_unknown": ("country", "subdivision", "choices"),
    "calendar.zone_unknown": ("zone",),
    # capacity: which limit one more item would break (engine/routing/capacity); micro-points
    "capacity.open_items": ("open", "limit"),
    "capacity.open_points": ("open", "points", "limit"),
    "capacity.window_items": ("cap", "per", "kind", "received", "limit"),
    "capacity.window_points": ("cap", "per", "kind", "received", "points", "limit"),
    # change: what would have brought the item to a rep asked about (engine/routing/why_not);
    # points: so many micro-points more; fit: the millionths to reach; turns, count: whole ones.
    # Each is one condition; several may be needed together
    "change.active": (),
    "change.after": ("at",),
    "change.back_from_leave": (),
    "change.fewer_in_window": ("cap", "count"),
    "change.fewer_open_items": ("count",),
    "change.fewer_open_points": ("points",),
    "change.fewer_points_in_window": ("cap", "points"),
    "change.field": ("field", "wanted"),
    "change.higher_fit": ("fit",),
    "change.in_group": ("group",),
    "change.larger_bonus": ("points",),
    "change.level": ("levels",),
    "change.longer_waiting": (),
    "change.mentor": (),
    "change.more_owed": ("points",),
    "change.more_turns_owed": ("turns",),
    "change.nothing_alone": (),
    "change.other_draw": (),
    "change.switched_on": (),
    "change.weight": (),
    "change.without_rule": ("rule",),
    # condition: why a condition held or failed, and why one cannot be used (engine/conditions)
    "condition.all": ("holds",),
    "condition.always": ("holds",),
    "condition.any": ("holds",),
    "condition.bad_escape": ("escape",),
    "condition.bad_literal": ("value",),
    "condition.blank": (),
    "condition.empty_list": ("field", "operator"),
    "condition.empty_range": ("field", "type", "operator", "low", "high"),
    "condition.empty_text": ("field", "type", "operator"),
    "condition.expected": ("expected", "found"),
    "condition.failed": ("field", "operator", "actual", "other", "wanted"),
    "condition.held": ("field", "operator", "actual", "other", "wanted"),
    "condition.incomparable": ("field", "type", "operator", "other", "other_type"),
    "condition.inexact_number": ("value",),
    "condition.masked": ("field", "operator", "other", "holds"),
    "condition.missing": ("field", "operator", "other", "wanted", "absent"),
    "condition.missing_key": ("key",),
    "condition.name_unusable": ("name",),
    "condition.no_calendar": ("field", "operator", "wanted"),
    "condition.not": ("holds",),
    "condition.not_a_choice": ("field", "type", "operator", "value", "suggestion"),
    "condition.not_a_condition": ("found",),
    "condition.number_out_of_range": ("value",),
    "condition.personal_constant": ("field", "type", "operator"),
    "condition.personal_with_rep": ("field", "type", "operator"),
    "condition.remedy": ("field", "operator", "other", "wanted", "is_negated"),
    "condition.remedy_masked": ("field", "operator", "other", "is_negated"),
    "condition.span_out_of_range": ("value", "limit"),
    "condition.text_unusable": (),
    "condition.too_deep": ("limit",),
    "condition.too_few_parts": ("key",),
    "condition.too_long": ("length", "limit"),
    "condition.too_long_list": ("length", "limit"),
    "condition.too_many_parts": ("limit",),
    "condition.unclear_word": ("word",),
    "condition.unclosed_quote": (),
    "condition.unexpected_character": ("character",),
    "condition.unknown_field": ("field", "operator", "suggestion"),
    "condition.unknown_key": ("key", "suggestion"),
    "condition.unknown_operator": ("operator", "suggestion"),
    "condition.unknown_region": ("field", "type", "operator", "value", "suggestion"),
    "condition.unknown_root": ("root", "suggestion"),
    "condition.unusable_constant": ("value",),
    "condition.unusable_operator": ("field", "type", "operator", "usable"),
    "condition.wrong_constant": ("field", "type", "operator", "value", "value_type"),
    "condition.wrong_shape": ("field", "operator", "wanted"),
    # edit: what is wrong with a row of an edits sheet (cli/book)
    "edit.act_unknown": ("value", "acts"),
    "edit.already_owned": ("item", "rep"),
    "edit.already_void": ("item",),
    "edit.item_missing": (),
    "edit.item_unknown": ("item",),
    "edit.not_owned": ("item",),
    "edit.person_left": ("name",),
    "edit.person_missing": (),
    "edit.person_unknown": ("name",),
    "edit.points_missing": (),
    "edit.points_out_of_range": ("value", "limit"),
    "edit.rate_out_of_range": ("value",),
    # diff: what changed between two policies (engine/policy/diff); values as text, "" = nothing
    "diff.added": ("kind", "name", "position"),
    "diff.band": ("before", "after"),
    "diff.changed": ("kind", "name", "part", "before", "after"),
    "diff.disabled": ("kind", "name"),
    "diff.enabled": ("kind", "name"),
    "diff.fit_tables": (),
    "diff.grade_points": ("grade", "before", "after"),
    "diff.line": ("before", "after"),
    "diff.moved": ("kind", "name", "before", "after"),
    "diff.names_added": ("kind", "name", "part", "names"),
    "diff.names_removed": ("kind", "name", "part", "names"),
    "diff.note_added": ("kind", "name", "after"),
    "diff.note_changed": ("kind", "name", "before", "after"),
    "diff.note_removed": ("kind", "name", "before"),
    "diff.removed": ("kind", "name"),
    "diff.renamed": ("kind", "before", "after"),
    "diff.section_added": ("section",),
    "diff.section_removed": ("section",),
    "diff.set": ("kind", "name", "part", "after"),
    "diff.tau": ("before", "after"),
    "diff.unset": ("kind", "name", "part", "before"),
    "diff.version": ("before", "after"),
    # fit: how well a rep suits an item, how that was learnt, and what is wrong with the section
    # (engine/routing/fit, engine/scoring/skill and learn); fit, chance, room in millionths
    "fit.declared": ("matched", "unmatched", "fit"),
    "fit.learnt": ("chance", "value", "points", "kappa", "fit"),
    "fit.no_difference_shown": ("count",),
    "fit.no_gain_shown": ("gain_millionths",),
    "fit.not_held_out": (),
    "fit.not_in_use": (),
    "fit.one_rep_only": ("rep",),
    "fit.outcomes_alike": ("count", "is_won"),
    "fit.part_missing": ("mode", "part"),
    "fit.part_unused": ("mode", "part"),
    "fit.rep_without_history": ("rep",),
    "fit.room": ("room", "fit"),
    "fit.segment_unknown": ("rep", "field"),
    "fit.segment_without_history": ("fields",),
    "fit.too_few_outcomes": ("count", "needed"),
    "fit.weights_zero": (),
    # grade: where an item's grade comes from, and what is wrong with the section
    # (engine/scoring/grades); scores in hundredths
    "grade.from_score": ("grade", "score", "from_score"),
    "grade.from_score_missing": ("grade",),
    "grade.given": ("grade", "text"),
    "grade.lowest": ("grade", "score"),
    "grade.order": ("grade", "from_score", "above", "above_from_score"),
    "grade.twice": ("name",),
    "grade.ungraded": ("grade",),
    "grade.unknown": ("text", "grades"),
    # intake: what is wrong with a field of a new lead (leads/intake)
    "intake.key_reused": (),
    "intake.no_such_line": ("line",),
    "intake.no_such_rep": ("rep",),
    "intake.nobody": (),
    "intake.not_a_number": (),
    "intake.not_an_email": (),
    "intake.not_flat": (),
    "intake.not_text": (),
    "intake.too_long": ("limit",),
    "intake.unknown_field": (),
    # item: what of its past keeps an item from a person (engine/routing/eligible)
    "item.gave_back": (),
    # level: why a person's level keeps an item from him (engine/routing/eligible)
    "level.does_not_take": ("level", "takers"),
    "level.no_mentor": ("level",),
    "level.unknown": ("level",),
    # lint: what a policy says that its author may not have meant, and what was not found
    # (engine/policy/lint, reach, hints); points and scores as text, an example as conditions
    "lint.band_above_tau": ("band", "tau"),
    "lint.band_below_tau": ("band", "tau"),
    "lint.best_fit_ignores_share": ("rule",),
    "lint.best_fit_without_fit": ("rule",),
    "lint.capacity_below_lead": ("limit", "largest"),
    "lint.capacity_zero": (),
    "lint.condition_never_holds": ("condition",),
    "lint.exploration_on": ("percent",),
    "lint.fit_unused": (),
    "lint.grade_out_of_reach": ("grade", "from_score", "reachable"),
    "lint.grade_weightless": ("group", "grade"),
    "lint.group_empty": ("group",),
    "lint.group_unused": ("group",),
    "lint.group_weightless": ("group",),
    "lint.groups_unchecked": ("groups",),
    "lint.lead_passed_on": ("rule", "example"),
    "lint.lead_uncaught": ("example",),
    "lint.level_not_on_ladder": ("levels", "people"),
    "lint.members_by_name": ("group", "count"),
    "lint.no_gap_found": (),
    "lint.no_level_takes": ("example",),
    "lint.no_overlap_found": (),
    "lint.no_territories": ("rule",),
    "lint.no_unreachable_found": ("rules",),
    "lint.pool_ignores_value": ("rule", "least", "most"),
    "lint.pool_unused": ("pool",),
    "lint.rotation_ignores_value": ("rule", "least", "most"),
    "lint.rule_never_applies": ("rule",),
    "lint.rule_unreachable": ("rule", "by"),
    "lint.rules_overlap": ("first", "second", "more", "example"),
    "lint.search_limited": ("searches", "steps"),
    "lint.stretch_nowhere": ("level",),
    "lint.tau_high": ("tau", "largest"),
    "lint.tau_unused": ("tau", "band"),
    "lint.territories_unused": (),
    "lint.waits_for_departed": ("rule",),
    "lint.waits_while_absent": ("rule",),
    # match: a field of the item that the person does not cover (engine/routing/eligible)
    "match.differs": ("field", "wanted", "has"),
    # owner: why an owner or a named person did not get an item (engine/routing/decide)
    "owner.departed": ("rep",),
    "owner.none": (),
    # points: what an item costs its taker, and what is wrong with the section
    # (engine/scoring/points); micro-points
    "points.adjusted": ("adjustment", "add", "percent", "points"),
    "points.adjustment_kind": ("adjustment",),
    "points.all_zero": (),
    "points.base": ("grade", "kind", "points"),
    "points.base_out_of_bounds": ("grade", "points", "min", "max"),
    "points.bounded": ("before", "points"),
    "points.bounds_swapped": ("min", "max"),
    "points.given": ("points",),
    "points.given_unusable": ("text",),
    "points.grade_unknown": ("grade", "grades"),
    "points.grade_without_base": ("grade", "kind"),
    "points.reads_rep": ("name", "field"),
    "points.twice": ("name",),
    # policy: what is wrong with a document (engine/policy/load, text, check)
    "policy.alias_of_alias": ("alias", "region"),
    "policy.field_fixed": ("field", "type"),
    "policy.field_personal": ("field",),
    "policy.field_without_root": ("value",),
    "policy.key_not_text": ("key",),
    "policy.missing": ("key",),
    "policy.name_twice": ("kind", "name"),
    "policy.no_anchors": ("line",),
    "policy.not_a_mapping": (),
    "policy.not_a_number": ("line", "value"),
    "policy.not_above": ("value", "limit"),
    "policy.not_one_of": ("value", "choices", "suggestion"),
    "policy.not_utf8": (),
    "policy.not_yaml": ("line", "what"),
    "policy.number_unusable": (),
    "policy.person_ambiguous": ("name", "count"),
    "policy.person_left": ("name",),
    "policy.person_unknown": ("name", "suggestion"),
    "policy.reads_item": ("field",),
    "policy.reads_person": ("field",),
    "policy.region_circle": ("region",),
    "policy.region_twice": ("region", "first", "second"),
    "policy.repeated_key": ("key", "line"),
    "policy.text_unusable": (),
    "policy.too_big": ("value", "limit"),
    "policy.too_deep": ("limit",),
    "policy.too_large": ("limit",),
    "policy.too_long": ("value", "limit"),
    "policy.too_short": ("value", "limit"),
    "policy.too_small": ("value", "limit"),
    "policy.unknown_key": ("key", "suggestion", "known"),
    "policy.unknown_name": ("kind", "name", "suggestion"),
    "policy.wrong_type": ("value", "wanted"),
    "policy.wrong_value": ("value", "what"),
    # receipt: why somebody got an item, or did not (engine/routing/why_not); micro-points, fit in
    # millionths. What is owed counts this item's share; `tied` is how many others were level,
    # `since` how many items the group got since the last one (None = never)
    "receipt.by_hand": (),
    "receipt.earlier_rule": ("rule",),
    "receipt.got_it": (),
    "receipt.inactive": (),
    "receipt.lost_by_draw": (),
    "receipt.lost_in_plan": (),
    "receipt.lost_lower_fit": ("fit", "best_fit"),
    "receipt.lost_lower_score": ("score", "winner_score", "difference"),
    "receipt.lost_outside_band": ("owed", "most_owed", "band", "missing"),
    "receipt.lost_random": ("in_band",),
    "receipt.lost_shorter_waiting": ("since", "winner_since"),
    "receipt.lost_turn": ("missing",),
    "receipt.not_dealt": ("outcome",),
    "receipt.not_in_group": ("group",),
    "receipt.placed_by_hand": ("winner", "actor"),
    "receipt.runner_up": ("place",),
    "receipt.unknown_rep": ("rep",),
    "receipt.went_to_named": ("winner",),
    "receipt.went_to_overflow": ("winner",),
    "receipt.went_to_owner": ("winner", "of"),
    "receipt.won_alone": (),
    "receipt.won_as_named": (),
    "receipt.won_as_overflow": (),
    "receipt.won_as_owner": ("of",),
    "receipt.won_best_fit": ("fit", "next_fit"),
    "receipt.won_by_draw": ("tied",),
    "receipt.won_by_fit": ("bonus", "score", "next_score"),
    "receipt.won_by_grade": ("grade", "grade_owed", "score", "next_score"),
    "receipt.won_by_hand": ("actor",),
    "receipt.won_in_plan": (),
    "receipt.won_longest_waiting": ("tied", "since"),
    "receipt.won_most_owed": ("owed", "next_owed"),
    "receipt.won_random": ("in_band", "numerator", "denominator"),
    "receipt.won_turn": (),
    # receipts: a receipt file that cannot be used (engine/routing/replay)
    "receipts.unreadable": ("line",),
    # route: why a row was not dealt, and what a run assumed (cli/route); micro-points
    "route.all_worth_the_same": ("points",),
    "route.already_routed": ("id",),
    "route.at_unreadable": ("value",),
    "route.default_policy": (),
    "route.duplicate_email": ("first_row",),
    "route.duplicate_id": ("first_row",),
    "route.duplicate_phone": ("first_row",),
    "route.fields_absent": ("fields",),
    "route.fit_learnt": ("outcomes", "reps"),
    "route.history_strangers": ("count", "names"),
    "route.kind_unknown": ("value",),
    "route.plan_too_long": ("limit",),
    # rule: why a rule led nowhere (engine/routing/decide)
    "rule.everybody_full": ("full",),
    "rule.group_empty": (),
    "rule.never_admits": (),
    "rule.nobody_eligible": ("excluded",),
    # score: what each signal of the card gave, and what is wrong with the section
    # (engine/scoring/card); hundredths of a score point
    "score.behavior": ("signal", "dimension", "behavior", "counted", "amount"),
    "score.behavior_absent": ("signal", "dimension", "behavior"),
    "score.bounds_without_zero": ("cap", "floor"),
    "score.cap_out_of_reach": ("cap", "reachable"),
    "score.count_limited": ("signal", "count", "counted"),
    "score.dimension_bounded": ("dimension", "raw", "amount"),
    "score.dimension_missing": ("signal", "dimension"),
    "score.future_ignored": ("signal", "count"),
    "score.held": ("signal", "dimension", "amount"),
    "score.missing": ("signal", "dimension", "fields"),
    "score.not_a_number": ("value",),
    "score.not_held": ("signal", "dimension"),
    "score.only_for_behavior": ("signal", "name"),
    "score.out_of_range": ("value", "limit"),
    "score.reads_rep": ("name", "field"),
    "score.signal_bounded": ("signal", "raw", "amount"),
    "score.signal_gives_nothing": ("signal",),
    "score.signal_kind": ("signal",),
    "score.signal_twice": ("name",),
    "score.too_fine": ("value",),
    "score.total_bounded": ("raw", "amount"),
    # state: what is wrong with a state file (cli/route/state)
    "state.newer": ("file",),
    "state.unreadable": ("file",),
    # team: what is wrong with a team sheet (cli/route/team)
    "team.id_twice": ("id", "row"),
    "team.nobody": (),
    "team.row_without_name": (),
    # unassigned: why an item stands with nobody, beyond what the last rule said (routing/deal)
    "unassigned.escalated": ("rep",),
    "unassigned.handed_back": (),
    "unassigned.no_rule": (),
    "unassigned.waiting": ("rule",),
    # weight: a share of nothing (engine/routing/eligible)
    "weight.zero": (),
    # sheet: what is wrong with a file, row, cell or column, and what was assumed (sheets)
    "sheet.area_too_large": ("file", "sheet", "cells", "limit"),
    "sheet.boolean_unreadable": ("value",),
    "sheet.cell_error": ("value",),
    "sheet.cell_too_large": ("file", "row", "limit"),
    "sheet.characters_damaged": ("count", "line"),
    "sheet.column_content_differs": ("column", "role"),
    "sheet.column_doubled": ("kept", "column", "role"),
    "sheet.column_guessed": ("column", "role"),
    "sheet.column_shares": ("column", "example", "percent"),
    "sheet.column_unit": ("column", "factor"),
    "sheet.columns_custom": ("columns",),
    "sheet.columns_fall_back": ("columns", "role"),
    "sheet.columns_joined": ("columns", "role"),
    "sheet.damaged": ("file", "detail"),
    "sheet.date_ambiguous": ("value", "day_first", "month_first"),
    "sheet.date_order_mixed": ("column",),
    "sheet.date_order_shown": ("column", "order", "value"),
    "sheet.date_order_unknown": ("column", "value"),
    "sheet.date_unreadable": ("value",),
    "sheet.digits_lost": ("value",),
    "sheet.email_masked": ("value",),
    "sheet.email_unreadable": ("value",),
    "sheet.empty": ("file",),
    "sheet.encoding_assumed": ("encoding",),
    "sheet.error_cells": ("count", "first"),
    "sheet.extension_unknown": ("file", "extension"),
    "sheet.extension_wrong": ("file", "found"),
    "sheet.file_absent": ("file",),
    "sheet.file_closed": ("file", "detail"),
    "sheet.header_doubled": ("column", "renamed"),
    "sheet.header_missing": (),
    "sheet.line_too_long": ("file", "limit"),
    "sheet.map_column_twice": ("column",),
    "sheet.map_column_unknown": ("column", "columns"),
    "sheet.map_role_unknown": ("role", "roles"),
    "sheet.map_unreadable": ("text",),
    "sheet.nul_bytes": ("file",),
    "sheet.number_range": ("value",),
    "sheet.number_unreadable": ("value",),
    "sheet.old_excel": ("file",),
    "sheet.other_sheets": ("sheet", "others"),
    "sheet.outcome_unknown": ("value",),
    "sheet.password": ("file",),
    "sheet.period_unreadable": ("value",),
    "sheet.phone_digits_lost": ("value",),
    "sheet.phone_invented": ("value",),
    "sheet.phone_masked": ("value",),
    "sheet.phone_too_long": ("value", "digits"),
    "sheet.phone_too_short": ("value", "digits"),
    "sheet.phone_unreadable": ("value",),
    "sheet.quote_open": ("file", "row"),
    "sheet.row_example": (),
    "sheet.row_footer": (),
    "sheet.row_header_again": (),
    "sheet.row_too_long": ("cells", "columns"),
    "sheet.row_total": (),
    "sheet.rows_above_header": ("count", "row"),
    "sheet.sheet_unknown": ("file", "sheet", "sheets"),
    "sheet.too_many_columns": ("file", "columns", "limit"),
    "sheet.too_many_rows": ("file", "limit"),
    "sheet.wallclock_unreadable": ("value",),
    "sheet.zip_too_dense": ("file", "ratio", "limit"),
    "sheet.zip_too_large": ("file", "limit"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One code with its parameters, in the order in which CODES names them."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()

    def __getitem__(self, name: str) -> Param:
        """The parameter of this name."""
        return dict(self.params)[name]

    def as_json(self) -> dict[str, Param]:
        """The reason as one flat JSON object; `code` comes first."""
        return {"code": self.code, **dict(self.params)}


def reason(code: str, /, **params: Param) -> Reason:
    """Build a reason.

    :raises KeyError: no such code.
    :raises TypeError: the parameters are not those of the code.
    """
    names = CODES[code]
    if set(names) != set(params):
        raise TypeError(
            f"{code} takes {', '.join(names) or 'nothing'}, not {', '.join(params) or 'nothing'}"
        )
    return Reason(code, tuple((name, params[name]) for name in names))


def reason_from_json(data: Mapping[str, object]) -> Reason:
    """The inverse of `Reason.as_json`; lists become tuples.

    :raises KeyError, TypeError: as `reason`.
    """
    params = {name: _frozen(value) for name, value in data.items() if name != "code"}
    return reason(str(data["code"]), **params)


def _frozen(value: object) -> Param:
    if isinstance(value, list | tuple):
        return tuple(_frozen(part) for part in value)
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(
        f"a reason's parameter must be text, integer, boolean or a list of them, not {value!r}"
    )
