"""Triggers set clocks back: whatever changes a fact has them worked out anew.

Only rows over which a rule holds (`clocks` is not NULL) are touched, and those that are waiting to
be worked out already are left alone, so that a company without clocks pays nothing.
"""

from django.db import migrations

# Whose clocks a fact concerns: those of the row itself, of its lead, of its company.
FUNCTIONS = """
CREATE FUNCTION clocks_set_back(kind text, id bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE assignment SET wound_at = NULL
    WHERE item_kind = $1 AND item_id = $2 AND closed_at IS NULL
        AND wound_at IS NOT NULL AND clocks IS NOT NULL;
$$;

CREATE FUNCTION activity_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE assignment AS a SET wound_at = NULL FROM fresh AS f
    WHERE a.item_kind = f.item_kind AND a.item_id = f.item_id AND a.closed_at IS NULL
        AND a.wound_at IS NOT NULL AND a.clocks IS NOT NULL;
    UPDATE assignment AS a SET wound_at = NULL FROM fresh AS f
    WHERE a.item_kind = 'account' AND a.item_id = f.company_id AND a.closed_at IS NULL
        AND a.wound_at IS NOT NULL AND a.clocks IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION item_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM clocks_set_back(TG_ARGV[0], NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION company_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM clocks_set_back('account', NEW.id);
    PERFORM clocks_set_back('lead', id) FROM lead
        WHERE company_id = NEW.id AND state = 'owned' ORDER BY id;
    PERFORM clocks_set_back('opportunity', id) FROM opportunity
        WHERE company_id = NEW.id AND state = 'owned' ORDER BY id;
    RETURN NULL;
END $$;

CREATE FUNCTION opportunity_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM clocks_set_back('opportunity', NEW.id);
    PERFORM clocks_set_back('lead', NEW.lead_id);
    PERFORM clocks_set_back('account', NEW.company_id);
    RETURN NULL;
END $$;

CREATE FUNCTION rep_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    who bigint := CASE WHEN TG_TABLE_NAME = 'leave' THEN to_jsonb(row) ->> 'rep_id'
        ELSE to_jsonb(row) ->> 'user_id' END;
BEGIN
    UPDATE assignment SET wound_at = NULL
    WHERE rep_id = who AND closed_at IS NULL AND wound_at IS NOT NULL AND clocks IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION calendar_sets_clocks_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE assignment SET wound_at = NULL
    WHERE closed_at IS NULL AND wound_at IS NOT NULL AND clocks IS NOT NULL;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER activity_new_sets_clocks_back AFTER INSERT ON activity
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION activity_sets_clocks_back();
CREATE TRIGGER activity_changed_sets_clocks_back AFTER UPDATE ON activity
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION activity_sets_clocks_back();
CREATE TRIGGER lead_sets_clocks_back AFTER UPDATE ON lead
    FOR EACH ROW WHEN (NEW.state = 'owned' AND
        (OLD.stage, OLD.contacted_at, OLD.grade, OLD.score, OLD.points, OLD.region, OLD.source,
         OLD.industry, OLD.product, OLD.size, OLD.company_id, OLD.budget, OLD.extra)
        IS DISTINCT FROM
        (NEW.stage, NEW.contacted_at, NEW.grade, NEW.score, NEW.points, NEW.region, NEW.source,
         NEW.industry, NEW.product, NEW.size, NEW.company_id, NEW.budget, NEW.extra))
    EXECUTE FUNCTION item_sets_clocks_back('lead');
CREATE TRIGGER company_sets_clocks_back AFTER UPDATE ON company
    FOR EACH ROW WHEN
        ((OLD.grade, OLD.score, OLD.points, OLD.region, OLD.industry, OLD.size, OLD.employees,
          OLD.revenue, OLD.is_key_account)
        IS DISTINCT FROM
         (NEW.grade, NEW.score, NEW.points, NEW.region, NEW.industry, NEW.size, NEW.employees,
          NEW.revenue, NEW.is_key_account))
    EXECUTE FUNCTION company_sets_clocks_back();
CREATE TRIGGER opportunity_new_sets_clocks_back AFTER INSERT ON opportunity
    FOR EACH ROW EXECUTE FUNCTION opportunity_sets_clocks_back();
CREATE TRIGGER opportunity_sets_clocks_back AFTER UPDATE ON opportunity
    FOR EACH ROW WHEN
        ((OLD.stage, OLD.stage_at, OLD.closed_at, OLD.value, OLD.grade, OLD.lead_id, OLD.company_id)
        IS DISTINCT FROM
         (NEW.stage, NEW.stage_at, NEW.closed_at, NEW.value, NEW.grade, NEW.lead_id,
          NEW.company_id))
    EXECUTE FUNCTION opportunity_sets_clocks_back();
CREATE TRIGGER leave_sets_clocks_back AFTER INSERT OR UPDATE OR DELETE ON leave
    FOR EACH ROW EXECUTE FUNCTION rep_sets_clocks_back();
CREATE TRIGGER rep_sets_clocks_back AFTER UPDATE ON rep
    FOR EACH ROW WHEN
        ((OLD.calendar_id, OLD.level, OLD.regions, OLD.industries, OLD.products, OLD.skills,
          OLD.languages)
        IS DISTINCT FROM
         (NEW.calendar_id, NEW.level, NEW.regions, NEW.industries, NEW.products, NEW.skills,
          NEW.languages))
    EXECUTE FUNCTION rep_sets_clocks_back();
CREATE TRIGGER calendar_sets_clocks_back AFTER UPDATE ON calendar
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_sets_clocks_back();
"""
UNDO = """
DROP TRIGGER activity_new_sets_clocks_back ON activity;
DROP TRIGGER activity_changed_sets_clocks_back ON activity;
DROP TRIGGER lead_sets_clocks_back ON lead;
DROP TRIGGER company_sets_clocks_back ON company;
DROP TRIGGER opportunity_new_sets_clocks_back ON opportunity;
DROP TRIGGER opportunity_sets_clocks_back ON opportunity;
DROP TRIGGER leave_sets_clocks_back ON leave;
DROP TRIGGER rep_sets_clocks_back ON rep;
DROP TRIGGER calendar_sets_clocks_back ON calendar;
DROP FUNCTION activity_sets_clocks_back();
DROP FUNCTION item_sets_clocks_back();
DROP FUNCTION company_sets_clocks_back();
DROP FUNCTION opportunity_sets_clocks_back();
DROP FUNCTION rep_sets_clocks_back();
DROP FUNCTION calendar_sets_clocks_back();
DROP FUNCTION clocks_set_back(text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pool", "0001_clocks"),
        ("leads", "0014_pool_stays"),
        ("people", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO)]
