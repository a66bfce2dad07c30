"""Addresses of the pages of handing over (交接)."""

from django.urls import path

from evenhand.web.handover import departures, leaves, overview

urlpatterns = [
    path("handover", overview.show, name="handover"),
    path("handover/leaves/<int:leave_id>", leaves.cover, name="handover_leave"),
    path("handover/departures/<int:departure_id>", departures.departure, name="handover_departure"),
    path(
        "handover/departures/<int:departure_id>/export",
        departures.take_out,
        name="handover_departure_export",
    ),
]
