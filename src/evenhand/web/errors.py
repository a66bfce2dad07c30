"""Pages for what went wrong, in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from elsewhere, or was open for too long."""
    return render(request, "web/csrf_failed.html", status=403)
