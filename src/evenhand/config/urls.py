"""Which address leads to which interface."""

from django.urls import include, path

urlpatterns = [
    path("", include("evenhand.web.urls")),
]
