"""Files that a page hands out."""

from datetime import datetime, tzinfo

from django.http import HttpResponse
from django.utils import timezone

from evenhand.sheets.writing.one_table import FORMATS


def download(content: bytes, name: str, format: str, zone: tzinfo) -> HttpResponse:
    """A file to keep, named after what it holds and the moment by the reader's clock."""
    head = {"Content-Disposition": f'attachment; filename="{file_name(name, format, zone)}"'}
    return HttpResponse(content, content_type=FORMATS[format], headers=head)


def file_name(name: str, format: str, zone: tzinfo, *, at: datetime | None = None) -> str:
    """What a file is called: what it holds, and when it was made (None = now)."""
    stamp = (at or timezone.now()).astimezone(zone).strftime("%Y%m%d-%H%M")
    return f"{name}-{stamp}.{format}"
