"""Addresses of this area."""

from typing import Any

from django.urls import path

from evenhand.web.today import notices, views

urlpatterns: list[Any] = [
    path("", views.today),
    path("today/accepting", views.accepting),
    path("notices", notices.show_notices),
    path("notices/bell", notices.bell),
    path("notices/read", notices.read_all),
    path("notices/<int:notice_id>", notices.follow),
]
