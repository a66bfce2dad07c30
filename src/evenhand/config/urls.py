"""Which address leads to which interface."""

from django.urls import include, path

urlpatterns = [
    path("", include("evenhand.web.urls")),
    path("", include("evenhand.api.urls")),
]

handler400 = "evenhand.web.errors.bad_request"
handler403 = "evenhand.web.errors.refused"
handler404 = "evenhand.web.errors.not_found"
handler500 = "evenhand.web.errors.failed"
