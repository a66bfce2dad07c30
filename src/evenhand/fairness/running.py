"""A balance right after a posting: where the running balance of a page of postings starts."""

from django.db import connection

from evenhand.fairness.moves import Portion, moves_of

_DAYS = """
SELECT day, min(first), max(last),
    coalesce(sum((due[place] - received[place] + corrected[place])) FILTER (WHERE wanted), 0)
FROM (SELECT d.*, array_position(d.members, %(who)s) AS place, %(row)s < 0 OR d.row = %(row)s
    AS wanted FROM fairness_day AS d WHERE d.book_id = %(book)s) AS d
GROUP BY day HAVING max(last) > %(number)s
"""
_NOW = """
SELECT coalesce((SELECT sum(x.amounts[array_position(b.members, %(who)s)]) FROM balance AS x
        WHERE x.book_id = b.id AND (%(row)s < 0 OR x.row = %(row)s)), 0),
    b.postings, coalesce(c.number, 0)
FROM book AS b LEFT JOIN fairness_counted AS c ON c.book_id = b.id WHERE b.id = %(book)s
"""


def balance_after(book_id: int, user_id: int, number: int, *, zone: str, row: int = -1) -> int:
    """What somebody was owed right after posting `number`; `row` -1 = over all grades.

    The balance of now, less everything that came after: whole days as they are counted, the day
    that the posting is in and what is not counted yet posting by posting. Three queries at most.
    """
    asked = {"book": book_id, "who": user_id, "number": number, "row": row}
    with connection.cursor() as cursor:
        cursor.execute(_NOW, asked)
        now, postings, counted = cursor.fetchone()
        cursor.execute(_DAYS, asked)
        days = cursor.fetchall()
    # A day is wholly later if its first posting is; days may overlap by a moment at midnight.
    later = {day: moved for day, first, _, moved in days if first > number}
    upto = max((last for day, _, last, _ in days if day not in later), default=number)
    found = moves_of([Portion(book_id, number, min(upto, counted))], zone=zone, member=user_id)
    found = [one for one in found if one.day not in later]
    found += moves_of([Portion(book_id, max(number, counted), postings)], zone=zone, member=user_id)
    moved = sum(
        one.due - one.received + one.corrected for one in found if row < 0 or one.row == row
    )
    return int(now) - int(sum(later.values())) - moved
