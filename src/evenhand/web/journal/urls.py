"""Addresses of the journal."""

from django.urls import path

from evenhand.web.journal import views

urlpatterns = [
    path("journal", views.journal, name="journal"),
    path("journal/types", views.types, name="journal-types"),
]
