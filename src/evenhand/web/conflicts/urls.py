"""Addresses of the conflict check (撞单查询)."""

from django.urls import path

from evenhand.web.conflicts import views

urlpatterns = [
    path("conflicts", views.check, name="conflicts"),
    path("conflicts/ask", views.ask, name="conflicts-ask"),
]
