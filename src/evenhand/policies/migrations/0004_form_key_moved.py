"""The address of a line's form stands with the form now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("policies", "0003_studio"), ("forms", "0002_former_forms"))
    operations = (migrations.RemoveField(model_name="line", name="form_key"),)
