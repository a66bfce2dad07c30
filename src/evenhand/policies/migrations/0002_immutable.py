"""Published policy versions never change; drafts may."""

from django.db import migrations

GUARD = """
CREATE FUNCTION policy_version_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.document IS DISTINCT FROM OLD.document
        OR NEW.label <> OLD.label OR NEW.number <> OLD.number OR NEW.line_id <> OLD.line_id
        OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'policy version % was published and never changes', OLD.id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER policy_version_settled BEFORE UPDATE OR DELETE ON policy_version
    FOR EACH ROW EXECUTE FUNCTION policy_version_is_settled();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER policy_version_settled ON policy_version;"
            "DROP FUNCTION policy_version_is_settled();",
        )
    ]
