"""Addresses of 应得与实得."""

from django.urls import path

from evenhand.web.share import missed, pages, taking_out

urlpatterns = [
    path("share", pages.show, name="share"),
    path("share/missed", missed.show, name="share-missed"),
    path("share/export", taking_out.export_share, name="share-export"),
]
