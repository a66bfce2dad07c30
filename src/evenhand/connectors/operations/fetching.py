"""Fields that a push does not bring: fetched from the platform with a token of the company's.

Everything goes through the one door for requests of ours; what is fetched is not stored, only what
the mapping makes of it.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.conf import settings

from evenhand.connectors.calls import UnreadableBody
from evenhand.connectors.mapping.document import Fetch
from evenhand.connectors.mapping.load import InvalidMapping
from evenhand.connectors.models import Delivery
from evenhand.connectors.operations.settle import kept_call, mapping_of
from evenhand.connectors.reading import Entry, TooManyEntries, read_call
from evenhand.connectors.secrets import secrets_of
from evenhand.engine.reasons import Reason, reason
from evenhand.notify.channels.base import Failed, Later
from evenhand.notify.channels.wecom import WeCom
from evenhand.notify.lanes import wecom_now
from evenhand.platform.http_out import NotAllowedThere, Unreachable, send

_MOST = 100


class NotFetched(Exception):
    """The fields of an entry could not be fetched; `may_come`: later perhaps."""

    def __init__(self, why: Reason, *, may_come: bool) -> None:
        super().__init__(why.code)
        self.why = why
        self.may_come = may_come


def fetched_of(delivery: Delivery) -> dict[str, Any]:
    """The fields of the entries of a delivery that came as numbers only, by those numbers.

    :raises NotFetched: they could not be had.
    """
    row = delivery.connector
    try:
        document = mapping_of(row)
        read = read_call(document, kept_call(delivery), is_kept=True)
    except (InvalidMapping, UnreadableBody, TooManyEntries):
        return {}  # settling says it
    wanted = [one for one in read.ours if one.wants_fetch][:_MOST]
    fetch = document.fetch
    if fetch is None or not wanted:
        return {}
    if fetch.wecom is not None:
        return _of_customers(wanted)
    token = secrets_of(row).get(fetch.token, "")
    if not token:
        raise NotFetched(reason("connector.no_token", key=fetch.token), may_come=False)
    return {one.id: _fetch(fetch, one.id, token) for one in wanted}


def _fetch(fetch: Fetch, number: str, token: str) -> Mapping[str, Any]:
    url, headers = fetch.url.replace("<id>", quote(number, safe="")), {}
    if fetch.query:
        url += f"{'&' if '?' in url else '?'}{fetch.query}={quote(token, safe='')}"
    else:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = send("GET", url, headers=headers, allowed=settings.PRIVATE_TARGETS)
    except NotAllowedThere:
        why = reason("connector.fetch_unusable", value=fetch.url[:80])
        raise NotFetched(why, may_come=False) from None
    except Unreachable:
        raise NotFetched(reason("connector.fetch_failed", status=0), may_come=True) from None
    why = reason("connector.fetch_failed", status=answer.status)
    if answer.status != 200:
        raise NotFetched(why, may_come=answer.status == 429 or answer.status >= 500)
    try:
        found = json.loads(answer.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotFetched(why, may_come=False)
    return found


def _of_customers(wanted: list[Entry]) -> dict[str, Any]:
    """What 企业微信 knows of customers. Who may not be asked about is kept by his id alone."""
    api = wecom_now()
    if api is None:
        return {one.id: {} for one in wanted}
    return {one.id: _of_customer(api, one.fetch_id) for one in wanted}


def _of_customer(api: WeCom, customer: str) -> Mapping[str, Any]:
    try:
        return api.customer(customer)
    except Failed as error:
        if isinstance(error.outcome, Later):
            why = reason("connector.fetch_failed", status=0)
            raise NotFetched(why, may_come=True) from None
        return {}
