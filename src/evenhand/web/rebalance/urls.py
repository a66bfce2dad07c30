"""Addresses of the pages of rebalancing (负荷调整)."""

from django.urls import path

from evenhand.web.rebalance import views

urlpatterns = [
    path("rebalances", views.listing, name="rebalances"),
    path("rebalances/<int:rebalance_id>", views.one, name="rebalance"),
    path("rebalances/<int:rebalance_id>/export", views.take_out, name="rebalance_export"),
]
