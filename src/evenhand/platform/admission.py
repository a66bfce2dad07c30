"""The lanes of this process: which requests are served, which wait, which are refused.

Single leads and claims are settled together by one thread and hold no connection while they wait
for it, so that many of them may be under way; the others step back while there are any.
"""

from django.conf import settings

from evenhand.platform.lanes import Lane

TOGETHER = Lane(settings.SHARES.together)
OTHERS = Lane(settings.SHARES.at_once, settings.SHARES.waiting, yields_to=TOGETHER)
# As figures name them.
LANES = {"together": TOGETHER, "others": OTHERS}
