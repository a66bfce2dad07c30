"""Photos that people send: checked by their structure, and freed of what they tell besides the
picture (place, time, device, comments, earlier versions), without decoding them.

JPEG, PNG and WebP. Only parts that draw the picture are kept; of a JPEG also which side is up.
"""

import re
import struct
from dataclasses import dataclass

from django.http import HttpResponse

KINDS = ("jpeg", "png", "webp")
MOST_SIDE, MOST_PIXELS = 20_000, 100_000_000
_SIZED = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive: what every browser shows
_KEPT_OF_JPEG = frozenset((0xE0, 0xEE, 0xDB, 0xC4, 0xDD, 0xDA, *_SIZED))
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_OF_PNG = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP pHYs sBIT bKGD".split())
_DROPPED_OF_WEBP = frozenset((b"EXIF", b"XMP "))
_EXIF_AND_XMP = 0b1100  # of the flags of VP8X


class UnusablePicture(Exception):
    """It is no JPEG, PNG or WebP, is damaged, or has too many pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it may be kept: its kind (jpeg, png, webp) and its bytes."""

    kind: str
    content: bytes


def answer_with(kind: str, content: bytes, *, name: str) -> HttpResponse:
    """A stranger's picture, never as a page, whatever a browser takes it for.

    `name` is the file it becomes, without its ending.
    """
    head = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content, content_type=f"image/{kind}", headers=head)


def cleaned(content: bytes) -> Picture:
    """A photo without what it tells besides the picture.

    :raises UnusablePicture: it is none, or damaged.
    """
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return Picture("jpeg", _jpeg(content))
        if content.startswith(_PNG):
            return Picture("png", _png(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return Picture("webp", _webp(content))
    except (IndexError, struct.error) as error:
        raise UnusablePicture from error
    raise UnusablePicture


def _jpeg(data: bytes) -> bytes:
    parts: list[bytes] = []
    turned, at, is_sized, is_drawn = 1, 2, False, False
    while True:
        if data[at] != 0xFF:
            raise UnusablePicture
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise UnusablePicture
        segment = data[at:end]
        if marker in _SIZED:
            height, width = struct.unpack_from(">HH", segment, 5)
            _check(width, height)
            is_sized = True
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        if marker in _KEPT_OF_JPEG or (marker == 0xE2 and segment[4:15] == b"ICC_PROFILE"):
            parts.append(segment)
        at = end
        if marker == 0xDA:
            is_drawn = True
            found = _AFTER_SCAN.search(data, at)
            if found is None:
                raise UnusablePicture
            parts.append(data[at : found.start()])
            at = found.start()
    # What comes behind the end (a video, a second picture) is left out.
    if not (is_sized and is_drawn):
        raise UnusablePicture
    return b"\xff\xd8" + _exif_of(turned) + b"".join(parts) + b"\xff\xd9"


def _orientation(tiff: bytes) -> int:
    """Which side of the picture is up, 1 to 8; 1 where that is not said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for k in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * k)
            if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return 1


def _exif_of(turned: int) -> bytes:
    """A block that says which side is up, and nothing else."""
    if turned == 1:
        return b""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + 6 + len(tiff)) + b"Exif\0\0" + tiff


def _png(data: bytes) -> bytes:
    parts, at, is_drawn = [_PNG], len(_PNG), False
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise UnusablePicture
        if at == len(_PNG):
            if name != b"IHDR":
                raise UnusablePicture
            _check(*struct.unpack_from(">II", data, at + 8))
        if name in _KEPT_OF_PNG:
            parts.append(data[at:end])
            is_drawn = is_drawn or name == b"IDAT"
        at = end
        if name == b"IEND":
            break
    if not is_drawn:
        raise UnusablePicture
    return b"".join(parts)


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    whole = 8 + size
    if whole > len(data):
        raise UnusablePicture
    parts, at, is_drawn = [], 12, False
    while at + 8 <= whole:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if end > whole + 1:
            raise UnusablePicture
        chunk = data[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_EXIF_AND_XMP,)) + chunk[9:]
        if name not in _DROPPED_OF_WEBP:
            parts.append(chunk)
        is_drawn = is_drawn or name in (b"VP8 ", b"VP8L", b"ANMF")
        at = end
    if not is_drawn:
        raise UnusablePicture
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _check(width: int, height: int) -> None:
    sides = (width, height)
    if min(sides) < 1 or max(sides) > MOST_SIDE or width * height > MOST_PIXELS:
        raise UnusablePicture
