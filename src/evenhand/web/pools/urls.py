"""Addresses of the figures of public pools."""

from django.urls import path

from evenhand.web.pools import figures, taking_out, timers

urlpatterns = [
    path("pools", figures.show, name="pools"),
    path("pools/rows", figures.show_rows, name="pools-rows"),
    path("pools/export", taking_out.export, name="pools-export"),
    path("pools/timers", timers.show, name="pools-timers"),
]
