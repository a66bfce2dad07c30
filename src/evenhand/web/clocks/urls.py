"""Addresses of the page of clocks (时效)."""

from django.urls import path

from evenhand.web.clocks import views

urlpatterns = [path("clocks", views.clocks, name="clocks")]
