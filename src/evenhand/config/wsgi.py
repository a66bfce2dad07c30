"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from procrastinate.contrib.django import app as jobs

from evenhand.leads import whereabouts
from evenhand.web import warm
from evenhand.wording.catalogue import LOCALES, Words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")

application = get_wsgi_application()

# The sentences of all languages, before somebody waits for them.
for locale in LOCALES:
    Words(locale)
# So the jobs that requests ask for.
jobs.perform_import_paths()  # type: ignore[no-untyped-call]
# So the divisions of the country, by which leads come to their region, and the pages.
whereabouts.warm_up()
warm.warm_up()

# What was imported stays: the collector need not look at it again. A bulk of a thousand leads makes
# a hundred thousand objects, all of them still needed; at Python's 700 the collector took a fifth
# of its time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
