"""Bad files, as many as wanted: what people's disks, old systems and mischief produce."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

_CHARACTERS = "张王李赵 Müller\t,;|'\"=+-@#\u200b\ufeff\u3000éß…😀\x0b\x1c\x85\u2028()（）%&*"
_HEADS = (
    *("姓名", "手机", "公司", "邮箱", "省份", "城市", "备注", "负责人", "线索状态", "创建时间"),
    *("name", "phone", "company", "email", "Lead Source", "created_at", "id", "amount", "阶段"),
    *("通话时间", "通话时长", "商机名称", "客户编号", "上级公司", "name", "姓名", "", "A"),
)
_VALUES = (
    *("13800138000", "+86 139 0013 9000", "1.38E+10", "138****8000", "不是电话", "a@b.cn", "@@"),
    *("2026-03-01", "03/04/2026", "31/02/2026", "45000", "9e999", "-1", "NaN", "∞", "1.2万"),
    *("=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "+cmd|' /C calc'!A0", "#REF!", "\x00"),
    *("已成交", "跟进中", "1", "是", "浙江", "杭州", "", " ", "－", "王" * 300, "x" * 5_000),
)


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file, what is bad about it, and how many rows it holds, where that can be said."""

    kind: str
    name: str
    content: bytes
    rows: int | None = None


def bad_files(count: int, seed: int = 20_261_128) -> Iterator[BadFile]:
    """So many files; the same for the same seed."""
    for number in range(count):
        rng = Random(f"{seed}:{number}")
        make = _MAKERS[number % len(_MAKERS)]
        yield make(rng)


def _cell(rng: Random) -> str:
    if rng.random() < 0.7:
        return rng.choice(_VALUES)
    return "".join(rng.choice(_CHARACTERS) for _ in range(rng.randrange(0, 12)))


def _table(rng: Random, rows: int | None = None, columns: int | None = None) -> list[list[str]]:
    width = columns or rng.randrange(1, 9)
    head = [rng.choice(_HEADS) for _ in range(width)]
    count = rng.randrange(0, 12) if rows is None else rows
    return [head, *([_cell(rng) for _ in range(width)] for _ in range(count))]


def _csv(table: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def _honest(rng: Random) -> BadFile:
    """Rows of which each can be told: their number is known."""
    count = rng.randrange(1, 12)
    table = [["姓名", "手机", "公司", "人数"]]
    for number in range(count):
        phone = rng.choice((f"139{rng.randrange(10**8):08}", "不是电话", "138****8000", ""))
        many = rng.choice(("", "12", "很多", "-3", "9e99"))
        table.append([f"客户{number}", phone, f"第{rng.randrange(50)}有限公司", many])
    return BadFile("honest", "honest.csv", _csv(table).encode("utf-8-sig"), count)


def _encoded(rng: Random) -> BadFile:
    encoding = rng.choice(
        ("gbk", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5",
         "latin-1", "cp1252", "shift_jis", "koi8-r", "utf-7")
    )  # fmt: skip
    return BadFile("encoded", "文件.csv", _csv(_table(rng)).encode(encoding, "replace"))


def _two_encodings(rng: Random) -> BadFile:
    first, second = _csv(_table(rng)).encode("gbk", "replace"), _csv(_table(rng)).encode()
    return BadFile("two encodings", "x.csv", first + second)


def _noise(rng: Random) -> BadFile:
    name = rng.choice(
        ("x.csv", "x.xlsx", "x.txt", "x.json", "x.tsv", "x.xls", "x.exe", "x", ".csv")
    )
    return BadFile("noise", name, rng.randbytes(rng.randrange(0, 3_000)))


def _nul(rng: Random) -> BadFile:
    text = bytearray(_csv(_table(rng)).encode())
    for _ in range(rng.randrange(1, 9)):
        text.insert(rng.randrange(len(text) + 1), 0)
    return BadFile("NUL bytes", "x.csv", bytes(text))


def _quotes(rng: Random) -> BadFile:
    text = _csv(_table(rng))
    for _ in range(rng.randrange(1, 6)):
        place = rng.randrange(len(text) + 1)
        text = text[:place] + rng.choice(('"', '""', '"\n', "'", '",')) + text[place:]
    return BadFile("broken quotes", "x.csv", text.encode())


def _ragged(rng: Random) -> BadFile:
    lines = []
    for line in _csv(_table(rng, rows=8), rng.choice(",;\t|")).splitlines():
        tail = rng.choice(("", ",", ",,,,,", ";"))
        lines.append(line[: rng.randrange(len(line) + 1)] + tail)
    name = rng.choice(("x.csv", "x.txt", "x.tsv"))
    return BadFile("ragged", name, rng.choice("\n\r").join(lines).encode())


def _wide(rng: Random) -> BadFile:
    width = rng.choice((500, 1_999, 2_001, 100_000 if rng.random() < 0.1 else 3_000))
    rows = [",".join(f"c{n}" for n in range(width)), ",".join("1" * 1 for _ in range(width))]
    return BadFile("many columns", "x.csv", "\n".join(rows).encode())


def _huge_cell(rng: Random) -> BadFile:
    size = rng.choice((5_000, 100_000, 1_100_000, 10_000_000 if rng.random() < 0.02 else 200_000))
    text = f"姓名,手机,备注\n张三,13800138000,{'字' * size}\n李四,13800138001,好\n"
    return BadFile("huge cell", "x.csv", text.encode())


def _workbook(rng: Random) -> BadFile:
    return BadFile("workbook", "x.xlsx", _xlsx(_table(rng)))


def _broken_workbook(rng: Random) -> BadFile:
    whole = bytearray(_xlsx(_table(rng)))
    what = rng.randrange(3)
    if what == 0:
        whole = whole[: rng.randrange(len(whole))]
    elif what == 1:
        for _ in range(rng.randrange(1, 40)):
            whole[rng.randrange(len(whole))] = rng.randrange(256)
    else:
        whole = bytearray(_xlsx(_table(rng), spoil=rng))
    return BadFile("broken workbook", "x.xlsx", bytes(whole))


def _bomb(rng: Random) -> BadFile:
    size = 20_000_000 if rng.random() < 0.05 else 3_000_000
    xml = b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * (size // 26)
    parts = {"_rels/.rels": _ROOT, "xl/workbook.xml": _WORKBOOK}
    content = _zip(
        parts | {"xl/_rels/workbook.xml.rels": _RELATIONS, "xl/worksheets/sheet1.xml": xml}
    )
    return BadFile("zip bomb", "x.xlsx", content)


def _wrong_name(rng: Random) -> BadFile:
    contents = (
        ("x.csv", _xlsx(_table(rng))),
        ("x.xlsx", _csv(_table(rng)).encode()),
        ("x.json", _csv(_table(rng)).encode()),
        ("x.csv", b"%PDF-1.7\n" + rng.randbytes(200)),
        ("x.csv", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(600)),
        ("../../etc/passwd.csv", _csv(_table(rng)).encode()),
        ("a\x00b\n\r<script>.csv", _csv(_table(rng)).encode()),
        ("名" * 300 + ".csv", _csv(_table(rng)).encode()),
    )
    return BadFile("wrong name", *rng.choice(contents))


def _json(rng: Random) -> BadFile:
    table = _table(rng)
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    value: object = rng.choice(
        (rows, {"data": rows}, {"a": {"b": rows}}, [rows], [1, 2], {}, [], None, "x", [*rows, 7])
    )
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    what = rng.randrange(4)
    if what == 0:
        text = text[: rng.randrange(len(text) + 1)]
    elif what == 1:
        depth = rng.choice((10, 1_000, 100_000))
        text = "[" * depth + text + "]" * depth
    return BadFile("JSON", rng.choice(("x.json", "x.jsonl")), text.encode("utf-8", "replace"))


def _empty(rng: Random) -> BadFile:
    content = rng.choice(
        (b"", b"\n\n\n", b"\xef\xbb\xbf", b" ", b",,,\n,,,", b"\xff\xfe", b'""', b"\r\r")
    )
    return BadFile("empty", rng.choice(("x.csv", "x.xlsx", "x.txt", "x.json")), content)


_WORKBOOK = (
    b'<?xml version="1.0"?><workbook '
    b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    b'<?xml version="1.0"?><Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    b'Target="worksheets/sheet1.xml"/></Relationships>'
)


_ROOT = (
    b'<?xml version="1.0"?><Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>'
)


def _xlsx(table: list[list[str]], *, spoil: Random | None = None) -> bytes:
    """A workbook by hand, so that it can be wrong in every way."""
    lines = []
    for number, row in enumerate(table, start=1):
        cells = "".join(
            f'<c r="{chr(65 + k)}{number}" t="inlineStr"><is><t>{_escaped(text)}</t></is></c>'
            for k, text in enumerate(row[:26])
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    xml = (
        '<?xml version="1.0"?><worksheet '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{''.join(lines)}</sheetData></worksheet>"
    )
    files = {
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/worksheets/sheet1.xml": xml.encode(),
    }
    if spoil is not None:
        name = spoil.choice(list(files))
        match spoil.randrange(5):
            case 0:
                del files[name]
            case 1:
                files[name] = files[name][: spoil.randrange(len(files[name]))]
            case 2:
                files[name] = files[name].replace(b"</row>", b"<row>")
            case 3:
                files[name] = (
                    b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + files[name]
                )
            case 4:
                files[name] = files[name].replace(b'r="A', b'r="XFD104857')
    return _zip(files)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _escaped(text: str) -> str:
    kept = "".join(c for c in text if c >= " " or c in "\t\n")
    return kept.replace("&", "&amp;").replace("<", "&lt;")


_MAKERS: tuple[Callable[[Random], BadFile], ...] = (
    _honest, _encoded, _two_encodings, _noise, _nul, _quotes, _ragged, _wide, _huge_cell, _workbook,
    _broken_workbook, _bomb, _wrong_name, _json, _empty, _honest, _workbook, _encoded,
)  # fmt: skip
