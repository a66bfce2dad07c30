"""Which address leads to which interface."""

from django.urls import include, path

urlpatterns = [
    # First: the single intake pays for every address that is tried before its own.
    path("", include("evenhand.api.urls")),
    path("", include("evenhand.web.urls")),
]

handler400 = "evenhand.web.errors.bad_request"
handler403 = "evenhand.web.errors.refused"
handler404 = "evenhand.web.errors.not_found"
handler500 = "evenhand.web.errors.failed"
