"""A lead that just found its owner sets no clocks back: they have not been worked out yet.

Its assignment is as new as the owner, and what is new waits to be wound anyway.
"""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("evenhand.pool.migrations.0003_every_field_rewinds")
BEFORE: str = EARLIER.trigger(EARLIER.NOW)
OWNED = "NEW.state = 'owned' AND "
assert BEFORE.count(OWNED) == 1


class Migration(migrations.Migration):
    dependencies = [("pool", "0005_agreed_steps_rewind")]

    operations = [
        migrations.RunSQL(BEFORE.replace(OWNED, f"OLD.state = 'owned' AND {OWNED}"), BEFORE)
    ]
