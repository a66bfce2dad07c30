"""Addresses of receipts."""

from django.urls import path

from evenhand.web.receipts import views

urlpatterns = [
    path("receipts/<int:receipt_id>", views.receipt, name="receipt"),
    path("receipts/<int:receipt_id>/why-not", views.why_not, name="why-not"),
]
