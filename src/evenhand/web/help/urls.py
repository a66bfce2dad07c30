"""Addresses of this area."""

from typing import Any

from django.urls import path

from evenhand.web.help import views

urlpatterns: list[Any] = [path("help", views.show_help)]
