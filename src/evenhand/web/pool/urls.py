"""Addresses of the public pools."""

from django.urls import path

from evenhand.web.leads import moving
from evenhand.web.pool import acts, views

urlpatterns = [
    path("pool", views.show_pool, name="pool"),
    path("pool/claim", acts.claim_items, name="pool-claim"),
    path("pool/<str:kind>/<int:item_id>", views.show_item, name="pool-item"),
    path("pool/<str:kind>/<int:item_id>/move", moving.move, name="pool-move"),
]
