"""Settings of our server with one more page (`held_page`), which answers when it is told.

Without EVENHAND_HELD_DOOR the door that refuses is left out: the control.
"""

import os

from evenhand.config.settings import *  # noqa: F403
from evenhand.config.settings import MIDDLEWARE as _MIDDLEWARE

ROOT_URLCONF = "tests.server.drills.held_page"
if "EVENHAND_HELD_DOOR" not in os.environ:
    MIDDLEWARE = [one for one in _MIDDLEWARE if not one.endswith(".Admission")]
