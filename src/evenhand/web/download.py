"""Files that a page hands out."""

from datetime import tzinfo

from django.http import HttpResponse
from django.utils import timezone

from evenhand.sheets.writing.one_table import FORMATS


def download(content: bytes, name: str, format: str, zone: tzinfo) -> HttpResponse:
    """A file to keep, named after what it holds and the moment by the reader's clock."""
    stamp = timezone.now().astimezone(zone).strftime("%Y%m%d-%H%M")
    head = {"Content-Disposition": f'attachment; filename="{name}-{stamp}.{format}"'}
    return HttpResponse(content, content_type=FORMATS[format], headers=head)
