"""Addresses of the team page."""

from django.urls import path

from evenhand.web.team import suspected, views

urlpatterns = [
    path("team", views.team, name="team"),
    path("team/suspected", suspected.show_suspected, name="team-suspected"),
    path("team/suspected/export", suspected.take_out, name="team-suspected-export"),
    path("team/export", views.take_out, name="team-export"),
]
