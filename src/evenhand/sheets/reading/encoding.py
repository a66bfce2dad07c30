"""Find the encoding of a text file, deterministically, and refuse what is no text.

Order: byte order mark, UTF-16 without one, UTF-8, GB18030, Big5, Windows-1252. UTF-8 cannot be
mistaken; the old Chinese encodings accept almost anything, so they must also look like Chinese:
bytes that common characters have, not letters with accents between plain ones.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from evenhand.sheets.limits import Limits, UnreadableSheet

_CHUNK = 1 << 20
_HEAD = 1 << 16
_DAMAGE_ALLOWED = 2  # percent of the characters outside ASCII
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff][\x40-\xff]|[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file; `damaged` characters become � (the first in `damaged_line`)."""

    codec: str
    is_certain: bool = True
    damaged: int = 0
    damaged_line: int = 0

    @property
    def errors(self) -> str:
        """The error handler to open the file with."""
        return "replace" if self.damaged else "strict"


def detect_encoding(path: Path, limits: Limits) -> tuple[Encoding, int]:
    """The encoding of the whole file, which is read once, and the number of its lines.

    :raises UnreadableSheet: NUL bytes in text, a line too long, nothing but blanks.
    """
    head = _head(path)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        if b"\0" in head.strip(b"\xff\xfe") and not head.startswith(_MARKS[3][0]):
            raise UnreadableSheet("sheet.nul_bytes", file=path.name)
        raise UnreadableSheet("sheet.empty", file=path.name)
    wide = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    if wide is None and b"\0" in head:
        wide = _utf16_without_mark(head)
        if wide is None:
            raise UnreadableSheet("sheet.nul_bytes", file=path.name)
    if wide and wide != "utf-8-sig":
        lines, damage = _scan(path, wide, limits)
        return Encoding(wide, True, *damage), lines
    lines, damage = _scan(path, "utf-8-sig", limits)
    if not damage[0]:
        return Encoding("utf-8-sig" if wide else "utf-8"), lines
    return _legacy(path, wide, damage, limits), lines


def _legacy(path: Path, mark: str | None, damage: tuple[int, int], limits: Limits) -> Encoding:
    """What a file that is not clean UTF-8 is written in."""
    sample = _high_sample(path)
    if mark or _is_mostly_utf8(sample):
        return Encoding("utf-8-sig", True, *damage)
    if _looks_chinese(sample, leads=range(0xB0, 0xF8), trails=range(0xA1, 0xFF)):
        _, damage = _scan(path, "gb18030", limits)
        return Encoding("gb18030", not damage[0], *damage)
    if _looks_chinese(sample, leads=range(0xA4, 0xC7), trails=range(0x40, 0xFF)):
        _, damage = _scan(path, "cp950", limits)
        if not damage[0]:
            return Encoding("cp950", False)
    # Every byte means something in Latin-1, so this can only be an assumption.
    _, damage = _scan(path, "cp1252", limits)
    return Encoding("latin-1" if damage[0] else "cp1252", False)


def _scan(path: Path, codec: str, limits: Limits) -> tuple[int, tuple[int, int]]:
    """Read the whole file once: lines, (damaged characters, line of the first)."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    lines, unbroken = 0, 0
    is_wide = codec in {"utf-16", "utf-16-le", "utf-16-be", "utf-32"}
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not is_wide and b"\0" in chunk:
                raise UnreadableSheet("sheet.nul_bytes", file=path.name)
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                return _count_lines(path), _damage(path, codec)
            if is_wide and "\0" in text:
                raise UnreadableSheet("sheet.nul_bytes", file=path.name)
            lines += chunk.count(b"\n")
            last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            unbroken = len(chunk) - last - 1 if last >= 0 else unbroken + len(chunk)
            if unbroken > limits.line_bytes:
                raise UnreadableSheet(
                    "sheet.line_too_long", file=path.name, limit=limits.line_bytes
                )
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return lines + 1, _damage(path, codec)
    return lines + 1, (0, 0)


def _count_lines(path: Path) -> int:
    lines = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise UnreadableSheet("sheet.nul_bytes", file=path.name)
            lines += chunk.count(b"\n")
    return lines


def _damage(path: Path, codec: str) -> tuple[int, int]:
    """How many characters of the file this encoding cannot read, and the line of the first."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    damaged, first, lines = 0, 0, 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            found = text.count("\ufffd")
            if found and not first:
                first = lines + text.count("\n", 0, text.index("\ufffd"))
            damaged += found
            lines += text.count("\n")
    if decoder.decode(b"", True):
        damaged, first = damaged + 1, first or lines
    return damaged, first


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 by its zero bytes: plain letters have theirs all on one side."""
    zeros = [head[0::2].count(0), head[1::2].count(0)]
    for side, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if zeros[side] > 0 and 20 * zeros[1 - side] <= zeros[side]:
            text = head[: len(head) // 2 * 2].decode(codec, "ignore")
            if "\0" not in text and any(mark in text for mark in "\n,;\t"):
                return codec
    return None


def _high_sample(path: Path) -> bytes:
    """Lines with bytes outside ASCII, up to a limit: what tells encodings apart."""
    found: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while size < _HEAD and (line := file.readline(_HEAD)):
            if not line.isascii():
                found.append(line)
                size += len(line)
    return b"".join(found)


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether a few damaged characters stand in text that is UTF-8 otherwise."""
    text = sample.decode("utf-8", "replace")
    outside = sum(character > "\x7f" for character in text)
    return 100 * text.count("\ufffd") <= _DAMAGE_ALLOWED * outside


def _looks_chinese(sample: bytes, *, leads: range, trails: range) -> bool:
    """Whether the bytes above ASCII come in pairs as the common characters of an encoding have.

    A letter with an accent stands alone between plain letters, so that its "pair" has the wrong
    lead, or a trail that is a small letter.
    """
    pairs = common = 0
    for pair in _HIGH_RUN.findall(sample):
        pairs += 1
        common += len(pair) == 2 and pair[0] in leads and pair[1] in trails and pair[0] != 0xFF
    return pairs > 0 and 10 * common >= 7 * pairs
