"""The switch for mails is a choice among others now (notify)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_mails_items"), ("notify", "0004_mails_become_choices")]

    operations = [migrations.RemoveField("user", "mails_items")]
