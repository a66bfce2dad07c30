"""Addresses of people: members, teams, leave, calendars, rosters, one's own availability."""

from typing import Any

from django.urls import path

from evenhand.web.members import calendars, detail, leave, listing, pasting, rosters, teams

urlpatterns: list[Any] = [
    path("members", listing.show_members),
    path("members/invite", listing.show_invite),
    path("members/paste", pasting.paste),
    path("members/<int:user_id>", detail.show_member),
    path("members/<int:user_id>/profile", detail.save_person),
    path("members/<int:user_id>/rep", detail.save_rep),
    path("members/<int:user_id>/start", detail.start_rep),
    path("members/<int:user_id>/role", detail.save_role),
    path("members/<int:user_id>/adjustments", detail.add_adjustment),
    path("members/<int:user_id>/adjustments/<int:adjustment_id>/end", detail.end_adjustment),
    path("members/<int:user_id>/leave", detail.add_leave),
    path("members/<int:user_id>/leave/<int:leave_id>/end", detail.end_leave),
    path("members/<int:user_id>/accepting", detail.switch),
    path("members/<int:user_id>/link", detail.make_link),
    path("members/<int:user_id>/sessions/end", detail.end_sessions),
    path("members/<int:user_id>/second-factor/reset", detail.reset_factor),
    path("members/<int:user_id>/deactivate", detail.leave_company),
    path("members/<int:user_id>/reactivate", detail.bring_back),
    path("teams", teams.show_teams),
    path("teams/new", teams.new_team),
    path("teams/<int:team_id>", teams.edit_team),
    path("teams/<int:team_id>/dissolve", teams.end_team),
    path("leave", leave.show_leave),
    path("leave/enter", leave.add_leave),
    path("leave/<int:leave_id>/end", leave.end_leave),
    path("availability", leave.my_availability),
    path("availability/accepting", leave.my_switch),
    path("availability/leave", leave.add_my_leave),
    path("availability/leave/<int:leave_id>/end", leave.end_my_leave),
    path("calendars", calendars.show_calendars),
    path("calendars/new", calendars.new_calendar),
    path("calendars/<int:calendar_id>", calendars.show_calendar),
    path("calendars/<int:calendar_id>/day", calendars.set_day),
    path("calendars/<int:calendar_id>/day/remove", calendars.unset_day),
    path("calendars/<int:calendar_id>/upload", calendars.upload),
    path("calendars/<int:calendar_id>/default", calendars.make_default),
    path("calendars/<int:calendar_id>/delete", calendars.delete),
    path("rosters", rosters.show_rosters),
    path("rosters/plan", rosters.plan),
    path("rosters/clear", rosters.clear),
    path("rosters/shifts/<int:shift_id>/remove", rosters.remove),
]
