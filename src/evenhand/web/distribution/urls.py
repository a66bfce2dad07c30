"""Addresses of distribution: the live list, the unassigned, acts by hand."""

from django.urls import path

from evenhand.web.distribution import decisions, overrides, unassigned

urlpatterns = [
    path("distribution", decisions.live, name="distribution"),
    path("unassigned", unassigned.waiting, name="unassigned"),
    path("unassigned/retry", unassigned.retry, name="unassigned-retry"),
    path("unassigned/assign", unassigned.give, name="unassigned-assign"),
    path("overrides/export", overrides.take_out, name="overrides-export"),
    path("overrides", overrides.overrides_page, name="overrides"),
]
