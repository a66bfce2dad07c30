"""Makes Django ready in a process that is not the web server: commands, workers, tests."""

import os

import django


def set_up_django() -> None:
    """Read the settings and load the applications; does nothing the second time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    django.setup()
