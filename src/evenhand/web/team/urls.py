"""Addresses of the team page."""

from django.urls import path

from evenhand.web.team import views

urlpatterns = [
    path("team", views.team, name="team"),
    path("team/export", views.take_out, name="team-export"),
]
