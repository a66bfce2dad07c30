"""Every field that a rule may ask of accounts, opportunities and people sets clocks back, too.

What was moved from one item to another concerns both; what could not be worked out has an index.
"""

from django.db import migrations

ACCOUNT_BEFORE = (
    "grade", "score", "points", "region", "industry", "size", "employees", "revenue",
    "is_key_account",
)  # fmt: skip
ACCOUNT = (*ACCOUNT_BEFORE, "name", "owner_id", "state")
OPPORTUNITY_BEFORE = (
    "stage", "stage_at", "closed_at", "value", "grade", "lead_id", "company_id",
)  # fmt: skip
OPPORTUNITY = (*OPPORTUNITY_BEFORE, "name", "score", "points", "created_at")
REP_BEFORE = (
    "calendar_id", "level", "regions", "industries", "products", "skills", "languages",
)  # fmt: skip
REP = (*REP_BEFORE, "joined_on")


def trigger(table: str, function: str, columns: tuple[str, ...]) -> str:
    """The trigger over these columns of a table."""
    old, new = (", ".join(f"{row}.{one}" for one in columns) for row in ("OLD", "NEW"))
    return f"""
DROP TRIGGER {table}_sets_clocks_back ON {table};
CREATE TRIGGER {table}_sets_clocks_back AFTER UPDATE ON {table}
    FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION {function}();
"""


def triggers(account: tuple[str, ...], opportunity: tuple[str, ...], rep: tuple[str, ...]) -> str:
    """Those over rows of accounts, opportunities and reps."""
    return (
        trigger("company", "company_sets_clocks_back", account)
        + trigger("opportunity", "opportunity_sets_clocks_back", opportunity)
        + trigger("rep", "rep_sets_clocks_back", rep)
    )


OPPORTUNITY_FUNCTION = """
CREATE OR REPLACE FUNCTION opportunity_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM clocks_set_back('opportunity', NEW.id);
    PERFORM clocks_set_back('lead', NEW.lead_id);
    PERFORM clocks_set_back('account', NEW.company_id);
{moved}
    RETURN NULL;
END $$;
"""
MOVED = """
    IF TG_OP = 'UPDATE' THEN
        IF OLD.lead_id IS DISTINCT FROM NEW.lead_id THEN
            PERFORM clocks_set_back('lead', OLD.lead_id);
        END IF;
        IF OLD.company_id IS DISTINCT FROM NEW.company_id THEN
            PERFORM clocks_set_back('account', OLD.company_id);
        END IF;
    END IF;
"""
REP_FUNCTION = """
CREATE OR REPLACE FUNCTION rep_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    who bigint := CASE WHEN TG_TABLE_NAME {} THEN to_jsonb(row) ->> {}
        ELSE to_jsonb(row) ->> 'user_id' END;
BEGIN
    UPDATE assignment SET wound_at = NULL
    WHERE rep_id = who AND closed_at IS NULL AND wound_at IS NOT NULL AND clocks IS NOT NULL;
    RETURN NULL;
END $$;
"""
REP_FUNCTION_BEFORE = REP_FUNCTION.format("= 'leave'", "'rep_id'")
REP_FUNCTION_NOW = REP_FUNCTION.format(
    "<> 'rep'", "CASE WHEN TG_TABLE_NAME = 'person' THEN 'id' ELSE 'rep_id' END"
)
MORE = """
CREATE TRIGGER person_sets_clocks_back AFTER UPDATE ON person
    FOR EACH ROW WHEN (OLD.team_id IS DISTINCT FROM NEW.team_id)
    EXECUTE FUNCTION rep_sets_clocks_back();
CREATE TRIGGER duty_sets_clocks_back AFTER INSERT OR UPDATE OR DELETE ON duty
    FOR EACH ROW EXECUTE FUNCTION rep_sets_clocks_back();
CREATE FUNCTION activity_lost_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE assignment AS a SET wound_at = NULL FROM gone AS g
    WHERE a.item_kind = g.item_kind AND a.item_id = g.item_id AND a.closed_at IS NULL
        AND a.wound_at IS NOT NULL AND a.clocks IS NOT NULL;
    UPDATE assignment AS a SET wound_at = NULL FROM gone AS g
    WHERE a.item_kind = 'account' AND a.item_id = g.company_id AND a.closed_at IS NULL
        AND a.wound_at IS NOT NULL AND a.clocks IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER activity_moved_sets_clocks_back AFTER UPDATE ON activity
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION activity_lost_sets_clocks_back();
CREATE TRIGGER activity_gone_sets_clocks_back AFTER DELETE ON activity
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION activity_lost_sets_clocks_back();
CREATE INDEX assignment_clocks_failed ON assignment (id)
    WHERE closed_at IS NULL AND clocks ? 'failed';
"""
FEWER = """
DROP INDEX assignment_clocks_failed;
DROP TRIGGER activity_moved_sets_clocks_back ON activity;
DROP TRIGGER activity_gone_sets_clocks_back ON activity;
DROP FUNCTION activity_lost_sets_clocks_back();
DROP TRIGGER person_sets_clocks_back ON person;
DROP TRIGGER duty_sets_clocks_back ON duty;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pool", "0003_every_field_rewinds"),
        ("leads", "0017_clock_of_activity"),
        ("people", "0005_conflict_shows"),
    ]

    operations = [
        migrations.RunSQL(
            triggers(ACCOUNT, OPPORTUNITY, REP)
            + OPPORTUNITY_FUNCTION.format(moved=MOVED)
            + REP_FUNCTION_NOW
            + MORE,
            FEWER
            + triggers(ACCOUNT_BEFORE, OPPORTUNITY_BEFORE, REP_BEFORE)
            + OPPORTUNITY_FUNCTION.format(moved="")
            + REP_FUNCTION_BEFORE,
        )
    ]
