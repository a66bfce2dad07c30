"""A page that answers when a file is there: `open` in EVENHAND_DATA."""

import os
import time
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def held(request: HttpRequest) -> HttpResponse:
    """An answer that takes as long as somebody wants."""
    while not Path(os.environ["EVENHAND_DATA"], "open").exists():
        time.sleep(0.01)
    return HttpResponse("open")


urlpatterns = [path("held", held), path("", include("evenhand.config.urls"))]
handler500 = "evenhand.web.errors.failed"
