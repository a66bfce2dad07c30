"""From a document, as read or as stored, to a policy ready to decide."""

from collections.abc import Mapping
from typing import Any

from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.routing.policy import Policy


def policy_from_json(document: Mapping[str, Any]) -> Policy:
    """A policy from a stored document: what a receipt file carries.

    :raises InvalidPolicy: the document is not a policy of this schema.
    """
    return Policy(policy_from_plain(document))
