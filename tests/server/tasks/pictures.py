"""The smallest photo, and the same as a telephone writes it."""

import struct
from base64 import b64decode

PIXEL = (
    b64decode(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////"
        "////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAB"
        "PxA="
    )
    + b"\xff\xd9"
)
SECRET = b"GPS 31.2304 N 121.4737 E iPhone"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def phone_photo() -> bytes:
    """The pixel as a telephone writes it: turned, with place and device, a comment, a video."""
    tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0) + SECRET
    told = segment(0xE1, b"Exif\0\0" + tiff) + segment(0xED, SECRET) + segment(0xFE, SECRET)
    return PIXEL[:2] + told + PIXEL[2:] + b"\0\0ftyp" + SECRET
