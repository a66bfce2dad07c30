"""What PostgreSQL itself can do: the same writes as one statement, by pgbench; and COPY."""

import io
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

import psycopg

if TYPE_CHECKING:
    from bench.served import Served

# One lead: contact, lead, assignment, receipt (1.3 KB), posting, event, load, the book's row and
# one balance row of 200 people; the ids of the book's row and grade are drawn.
_STATEMENT = """\\set k random(0, {last})
\\set grade random(0, 3)
WITH b AS (
  UPDATE book SET sequence = sequence + 1, postings = postings + 1,
    last = last[1:199] || 7::bigint
  WHERE id = (SELECT id FROM bench_book WHERE k = :k)
  RETURNING id, postings, sequence, members[1] AS rep
){balance}, c AS (
  INSERT INTO contact (name, phone, phone_key) VALUES ('王芳', '13800000000', '13800000000')
  RETURNING id
), r AS (
  INSERT INTO receipt (item_kind, item_id, outcome, cause, rule, rep_id, book_id, grade, points,
    body)
  SELECT 'lead', 1, 'assigned', 'fair_share', 'r', rep, id, 'A', 8000000, repeat('x', 1300) FROM b
  RETURNING id, rep_id
), l AS (
  INSERT INTO lead (state, name, phone, source, note, extra, owner_id, contact_id, grade, points,
    receipt_id, search, assigned_at, contact_due_at)
  SELECT 'owned', '王芳', '13800000000', 's', '想了解产线改造的报价', '{{}}', r.rep_id, c.id, 'A',
    8000000, r.id, '王芳 13800000000', now(), now() FROM r, c RETURNING id
), a AS (
  INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, receipt_id)
  SELECT 'lead', l.id, r.rep_id, 'fair_share', 8000000, r.id FROM l, r
), p AS (
  INSERT INTO posting (book_id, number, act, row, item_kind, item_id, taker_id, points, sequence,
    receipt_id)
  SELECT b.id, b.postings, 'dealt', 0, 'lead', l.id, b.rep, 8000000, b.sequence, r.id FROM b, l, r
), o AS (
  UPDATE load SET open_count = open_count + 1, open_points = open_points + 8000000
  WHERE rep_id = (SELECT rep FROM b)
)
INSERT INTO event (kind, actor_kind, object_kind, object_id, data)
SELECT 'lead.taken_in', 'token', 'lead', id, '{{}}' FROM l;
"""
_ROW = (
    *("owned", "王芳", "13800000000", "s1", "想了解产线改造的报价"),
    *("{}", "A", "8000000", "王芳 13800000000"),
)
_INSERT = (
    "INSERT INTO bench_lead (state, name, phone, source, note, extra, grade, points, search)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_READ = "SELECT * FROM lead WHERE owner_id = %s AND state = 'owned' ORDER BY id DESC LIMIT 50"
_BALANCE = """, m AS (
  UPDATE balance SET amounts = amounts[1:199] || 7::bigint
  WHERE book_id = (SELECT id FROM b) AND row = :grade
)"""
_TPS = re.compile(r"tps = ([0-9.]+)")


# What a bulk writes for each lead, and the columns in which rows must differ.
_WRITTEN = (
    ("contact", ("id",)),
    ("lead", ("id",)),
    ("receipt", ("id", "position")),
    ("posting", ("id", "number")),
    ("assignment", ("id", "item_id")),
    ("event", ("id",)),
)


@dataclass(frozen=True)
class _Copied:
    """A thousand rows of a table, as COPY writes them."""

    lines: list[list[bytes]]
    unique: tuple[int, ...]

    @classmethod
    def of(
        cls, connection: psycopg.Connection[tuple[int]], name: str, unique: tuple[str, ...]
    ) -> "_Copied":
        """Read the newest rows, and make a table like theirs."""
        connection.execute(f"DROP TABLE IF EXISTS bench_{name}")
        connection.execute(f"CREATE TABLE bench_{name} (LIKE {name} INCLUDING ALL)")
        key = "id" if "id" in unique else unique[0]
        newest = f"(SELECT * FROM {name} ORDER BY {key} DESC LIMIT 1000)"
        with connection.cursor().copy(f"COPY {newest} TO STDOUT") as copy:
            text = b"".join(bytes(part) for part in copy)
        described = connection.execute(f"SELECT * FROM {name} LIMIT 0").description or ()
        names = [column.name for column in described]
        lines = [line.split(b"\t") for line in text.splitlines()]
        return cls(lines, tuple(names.index(column) for column in unique))

    def rows(self, number: int) -> bytes:
        """The rows once more, as others: of the `number`-th time."""
        start = 1_000_000_000 + 1_000 * number
        for offset, line in enumerate(self.lines):
            for column in self.unique:
                line[column] = b"%d" % (start + offset)
        return b"".join(b"\t".join(line) + b"\n" for line in self.lines)


def _median_ms(
    connection: "psycopg.Connection[Any]", sql: str, values: Sequence[Sequence[Any]]
) -> float:
    taken = []
    for one in values:
        start = perf_counter()
        connection.execute(sql, one)
        taken.append((perf_counter() - start) * 1e3)
    return median(taken)


class Reached(Protocol):
    """A database that COPY is measured in."""

    superuser_url: str


class Baseline:
    """Loads against the database of a served instance, in a copy of its books."""

    def __init__(self, served: "Served | Reached") -> None:
        self.served = served

    def per_second(self, clients: int, seconds: int, *, with_balance: bool) -> float:
        """Transactions a second, one statement each, prepared."""
        with psycopg.connect(self.served.superuser_url, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS bench_book")
            connection.execute(
                "CREATE TABLE bench_book AS SELECT row_number() OVER (ORDER BY id) - 1 AS k, id"
                " FROM book"
            )
            connection.execute("CREATE INDEX ON bench_book (k)")
            (books,) = connection.execute("SELECT count(*) FROM book").fetchone() or (0,)
            connection.execute("INSERT INTO load SELECT user_id FROM rep ON CONFLICT DO NOTHING")
        script = self.served.folder / "one_statement.sql"
        balance = _BALANCE if with_balance else ""
        script.write_text(_STATEMENT.format(last=books - 1, balance=balance), encoding="utf-8")
        command = [
            str(self.served.pgbench), "-n", "-M", "prepared", "-c", str(clients),
            "-j", "2" if clients > 1 else "1", "-T", str(seconds), "-f", str(script),
            self.served.superuser_url,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = _TPS.search(done.stdout)
        if found is None:
            raise RuntimeError(done.stderr[-2000:])
        return float(found[1])

    def copied_whole_per_second(
        self, seconds: int, *, more: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ) -> float:
        """Leads a second by COPY of every row that a bulk writes for one, a thousand per commit.

        The rows are those that the last bulk wrote, with ids of their own. `more` are further
        tables with a row for each, and the columns in which their rows must differ.
        """
        with psycopg.connect(self.served.superuser_url) as connection:
            tables = {
                name: _Copied.of(connection, name, unique) for name, unique in (*_WRITTEN, *more)
            }
            connection.commit()
            rounds = 12 * seconds  # more than can be copied in this time
            texts = [
                {name: one.rows(number) for name, one in tables.items()} for number in range(rounds)
            ]
            leads, start = 0, perf_counter()
            for text in texts:
                for name, rows in text.items():
                    with connection.cursor().copy(f"COPY bench_{name} FROM STDIN") as copy:
                        copy.write(rows)
                connection.commit()
                leads += 1_000
                if perf_counter() - start >= seconds:
                    break
            return leads / (perf_counter() - start)

    def insert_ms(self, times: int) -> float:
        """Milliseconds of one bare INSERT with its commit, into a table like `lead`; the median."""
        with psycopg.connect(self.served.superuser_url, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS bench_lead")
            connection.execute("CREATE TABLE bench_lead (LIKE lead INCLUDING ALL)")
            return _median_ms(connection, _INSERT, [_ROW] * times)

    def read_ms(self, reps: Sequence[int]) -> float:
        """Milliseconds of the newest fifty open leads of a rep, read by their index; the median."""
        with psycopg.connect(self.served.superuser_url, autocommit=True) as connection:
            return _median_ms(connection, _READ, [(rep,) for rep in reps])

    def copied_per_second(self, seconds: int) -> float:
        """Rows a second by COPY, a thousand per commit, into a table like `lead` alone."""
        row = "\t".join(_ROW)
        text = io.StringIO("".join(f"{row}\n" for _ in range(1_000))).getvalue().encode()
        rows, start = 0, perf_counter()
        with psycopg.connect(self.served.superuser_url) as connection:
            connection.execute("DROP TABLE IF EXISTS bench_lead")
            connection.execute("CREATE TABLE bench_lead (LIKE lead INCLUDING ALL)")
            connection.commit()
            while perf_counter() - start < seconds:
                with connection.cursor().copy(
                    "COPY bench_lead (state, name, phone, source, note, extra, grade, points,"
                    " search) FROM STDIN"
                ) as copy:
                    copy.write(text)
                connection.commit()
                rows += 1_000
        return rows / (perf_counter() - start)
