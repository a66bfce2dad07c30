"""Addresses of the bench and of one person's growth."""

from django.urls import path

from evenhand.web.ladder import bench, growth

urlpatterns = [
    path("bench", bench.show, name="bench"),
    path("bench/export", bench.take_out, name="bench-export"),
    path("bench/proposals/<int:proposal_id>", growth.decide, name="graduation-decide"),
    path("growth", growth.show, name="growth"),
    path("growth/<int:rep_id>/mentor", growth.choose_mentor, name="growth-mentor"),
]
