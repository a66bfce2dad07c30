"""Lines of receipts that many decisions refer to: stored once per content.

The engine numbers classes and fields within one receipt file. Here a batch keeps the numbers and
the content is kept without them, so that the same content of another batch is the same row.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import connection, transaction

_KEPT_MOST = 50_000
_known: dict[tuple[str, str], int] = {}

# Line kind of the engine → kind of row; the number follows the kind in the engine's line.
NUMBERED = {"class": "class", "field": "field", "full": "full"}


def split_line(line: str) -> tuple[str, int, str]:
    """Kind, number and numberless content of a class, field or full line."""
    kind_end = line.index('"', 6)
    kind = line[6:kind_end]
    start = kind_end + len('","n":')
    end = line.index(",", start)
    return kind, int(line[start:end]), line[end:]


def join_line(kind: str, number: int, body: str) -> str:
    """The inverse of `split_line`."""
    return f'{{"t":"{kind}","n":{number}{body}'


def digest_of(body: str) -> str:
    """What a body is found by."""
    return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def shared_ids(bodies: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Row ids of (kind, body) pairs, storing those that are new; keyed by (kind, digest)."""
    by_key = {(kind, digest_of(body)): body for kind, body in bodies}
    found = {key: _known[key] for key in by_key if key in _known}
    missing = sorted(key for key in by_key if key not in found)
    if not missing:
        return found
    kinds = [kind for kind, _ in missing]
    digests = [digest for _, digest in missing]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shared (kind, digest, body)"
            " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])"
            " ON CONFLICT (digest, kind) DO NOTHING",
            [kinds, digests, [by_key[key] for key in missing]],
        )
        cursor.execute(
            "SELECT s.kind, s.digest, s.id FROM shared s"
            " JOIN unnest(%s::text[], %s::text[]) AS w(kind, digest)"
            " ON s.kind = w.kind AND s.digest = w.digest",
            [kinds, digests],
        )
        new = {(kind, digest): row_id for kind, digest, row_id in cursor.fetchall()}
    # Only once they are committed may others of this process rely on them.
    transaction.on_commit(lambda: _remember(new))
    return found | new


def _remember(new: dict[tuple[str, str], int]) -> None:
    if len(_known) > _KEPT_MOST:
        _known.clear()
    _known.update(new)
