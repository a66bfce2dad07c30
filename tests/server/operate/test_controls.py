"""The doctor's controls: every promise is broken once, and each time the doctor names it.

A promise that nobody has ever seen broken may be one that cannot be. The rows are spoilt behind the
back of triggers and foreign keys, and put right by going back.
"""

import psycopg
import pytest

from evenhand.platform.invariants import INVARIANTS, look
from tests.server.operate.conftest import MakeSpare

# What spoils the rows of a small company for each promise.
SPOILT = {
    "one-open-assignment": """
        DROP INDEX assignment_one_open;
        INSERT INTO assignment (item_kind, item_id, rep_id, cause)
        SELECT item_kind, item_id, rep_id, cause FROM assignment WHERE closed_at IS NULL LIMIT 1
    """,
    "owner-is-assignment": "UPDATE assignment SET closed_at = now() WHERE id = {assignment}",
    "one-place": "UPDATE lead SET pool = '公海' WHERE id = {lead}",
    "intake-is-somewhere": "DELETE FROM lead WHERE id = {lead}",
    "pooled-item-has-stay": """
        UPDATE lead SET state = 'pooled', owner_id = NULL, pool = '公海', pooled_at = now()
        WHERE id = {lead}
    """,
    "owner-was-there": """
        INSERT INTO event (kind, actor_kind, object_kind, object_id, data, at)
        SELECT 'person.deactivated', 'system', 'person', rep_id, '{{}}', opened_at - interval '1 h'
        FROM assignment WHERE id = {dealt}
    """,
    "assignment-has-receipt": "UPDATE assignment SET receipt_id = NULL WHERE id = {dealt}",
    "moves-have-receipts": """
        INSERT INTO rebalance_move (item_kind, item_id, assignment_id, receivers, load, cost, state,
            why, from_rep_id, rebalance_id, to_rep_id)
        SELECT item_kind, item_id, id, '[]', 1, 1, 'done', '{{}}', rep_id, 98765, rep_id
        FROM assignment WHERE id = {assignment}
    """,
    "plans-leave-nothing": """
        INSERT INTO departure (id, state, deadline, at_deadline, made_by_id, rep_id)
        SELECT 98765, 'done', now(), 'deal', rep_id, rep_id FROM assignment WHERE id = {assignment};
        INSERT INTO departure_line (kind, item_id, state, departure_id)
        VALUES ('lead', 1, 'open', 98765)
    """,
    "given-tasks-have-receipts": """
        UPDATE task SET receipt_id = NULL, cause = 'fair_share' WHERE state = 'open'
    """,
    "done-tasks-are-proved": """
        UPDATE task SET needs = 'contact', activity_id = NULL WHERE state = 'done'
    """,
    "work-and-worth-apart": "UPDATE posting SET item_kind = 'task' WHERE id = {posting}",
    "one-cap-by-hand": """
        DROP INDEX cap_one_by_hand;
        INSERT INTO cap (rep_id, open_items, until_date, note)
        SELECT rep_id, 9, '2099-01-01', 'x' FROM assignment, generate_series(1, 2)
        WHERE id = {assignment}
    """,
    "weeks-are-counted": """
        INSERT INTO work_week (rep_id, monday, handled_minutes, selling_minutes, came_in, went_out,
            band, signs, below_minutes, leveled_minutes, finished)
        SELECT rep_id, '2001-01-01', 9, 9, 0, 0, 'normal', '[]', 2, 1, '[]'
        FROM assignment WHERE id = {assignment}
    """,
    "ready-by-figures": "UPDATE standing SET is_ready = true, next_level = ''",
    "graduation-has-evidence": """
        INSERT INTO graduation (rep_id, from_level, to_level, evidence)
        SELECT rep_id, 'a', 'b', '{{}}' FROM assignment WHERE id = {assignment}
    """,
    "graduation-is-decided": """
        INSERT INTO graduation (rep_id, from_level, to_level, evidence, state)
        SELECT rep_id, 'a', 'b', '{{}}', 'accepted' FROM assignment WHERE id = {assignment}
    """,
    "one-answer": """
        ALTER TABLE answer DROP CONSTRAINT answer_once_per_key;
        INSERT INTO answer (caller, key, body_digest, status, body) SELECT 't', 'k', '', 200, '{{}}'
        FROM generate_series(1, 2)
    """,
    "recycled-after-its-clock": """
        UPDATE assignment SET closed_at = now(), closed_by = 'recycle' WHERE id = {assignment}
    """,
    "stays-in-order": """
        DROP INDEX pool_stay_one_open;
        INSERT INTO pool_stay (item_kind, item_id, pool, line_id, entered_at)
        SELECT 'lead', {lead}, '公海', line_id, now() FROM lead, generate_series(1, 2)
        WHERE lead.id = {lead}
    """,
    "claims-are-whole": """
        UPDATE assignment SET stay_id = 987654321 WHERE id = {assignment}
    """,
    "seals-are-numbered": """
        INSERT INTO seal (number, at, first, last_xact, last_id, events, hashes)
        SELECT n, now(), n, n, n, ARRAY[n], '' FROM unnest(ARRAY[98765, 98767]::bigint[]) AS n
    """,
    "journal-is-sealed": """
        INSERT INTO procrastinate_workers DEFAULT VALUES;
        DELETE FROM seal;
        UPDATE event SET at = now() - interval '1 hour'
    """,
    "books-sum-to-zero": "UPDATE balance SET amounts[1] = amounts[1] + 1",
    "balances-fit-members": "UPDATE balance SET amounts = amounts || 0::bigint",
    "balances-are-postings": """
        UPDATE balance SET amounts[1] = amounts[1] + 1, amounts[2] = amounts[2] - 1
    """,
    "loads-are-recounts": "UPDATE load SET open_count = open_count + 1",
    "postings-are-numbered": "DELETE FROM posting WHERE id = {posting}",
    "fairness-days-are-postings": """
        INSERT INTO fairness_counted (book_id, number, zone)
        SELECT id, postings, 'Asia/Shanghai' FROM book ON CONFLICT DO NOTHING;
        DELETE FROM fairness_day
    """,
    "rule-days-are-receipts": """
        INSERT INTO rules_counted (id, day, zone) VALUES (1, '2999-01-01', 'Asia/Shanghai')
        ON CONFLICT (id) DO UPDATE SET day = excluded.day;
        INSERT INTO rule_day (line_id, day, rule, count)
        SELECT line_id, '1999-01-01', 'x', 7 FROM receipt WHERE line_id IS NOT NULL LIMIT 1
    """,
    "upheld-appeal-has-credit": """
        INSERT INTO appeal (item_kind, item_id, why, filed_at, due_at, state, credit, person_id,
            receipt_id, line_id)
        SELECT item_kind, item_id, 'other', now(), now(), 'upheld', 5, rep_id, id, line_id
        FROM receipt WHERE rep_id IS NOT NULL LIMIT 1
    """,
    "team-paths": "UPDATE team SET path = ARRAY[id, id]",
    "effects-are-delivered": """
        INSERT INTO outbox (kind, payload, due_at) VALUES ('mail', '{{}}', now() - interval '1 day')
    """,
    "clocks-never-early": """
        INSERT INTO clock_firing (clock, step, due_at, at, assignment_id)
        VALUES ('protection', 'missed', now() + interval '1 day', now(), {assignment})
    """,
    "clocks-none-left": """
        INSERT INTO clock_firing (clock, step, due_at, at, assignment_id)
        VALUES ('protection', 'missed', now(), now(), {assignment});
        UPDATE assignment SET wound_at = now() - interval '1 hour',
            next_at = now() - interval '1 hour' WHERE id = {assignment}
    """,
    "clocks-worked-out": """
        UPDATE assignment SET clocks = '{{"failed": "x"}}' WHERE id = {assignment}
    """,
}
# Limits are broken where claims are tested.
ELSEWHERE = {
    "claims-a-day": "tests/server/pool/test_promises.py",
    "claims-held": "tests/server/pool/test_promises.py",
    "work-is-booked": "tests/server/demo/test_loader.py",
}
IDS = {
    "assignment": "SELECT max(id) FROM assignment WHERE closed_at IS NULL",
    "dealt": "SELECT max(id) FROM assignment WHERE cause = 'fair_share'",
    "lead": "SELECT max(item_id) FROM assignment WHERE item_kind = 'lead' AND closed_at IS NULL",
    "posting": "SELECT max(id) FROM posting WHERE item_kind = 'lead'",
}


def test_the_doctor_names_every_promise_that_is_broken(make_spare: MakeSpare) -> None:
    unseen = []
    with psycopg.connect(make_spare("company").url) as connection, connection.cursor() as cursor:
        ids = {name: cursor.execute(sql.encode()).fetchone()[0] for name, sql in IDS.items()}
        cursor.execute("SET session_replication_role = replica")
        connection.commit()
        for one in INVARIANTS:
            if one.name not in SPOILT:
                continue
            assert look(cursor, one) is None, one.name
            cursor.execute(SPOILT[one.name].format(**ids).encode())
            if look(cursor, one) is None:
                unseen.append(one.name)
            connection.rollback()

    assert unseen == []


@pytest.mark.parametrize("name", sorted({one.name for one in INVARIANTS}))
def test_every_promise_has_its_control(name: str) -> None:
    assert (name in SPOILT) != (name in ELSEWHERE)
