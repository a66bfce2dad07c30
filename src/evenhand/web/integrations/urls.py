"""Addresses of what leads outside, and of what comes in from there."""

from django.urls import path

from evenhand.web.integrations import (
    channels,
    connector,
    connectors,
    defaults,
    inbound,
    links,
    webhooks,
)

urlpatterns = [
    path("integrations", channels.overview),
    path("integrations/notices", defaults.notices),
    path("integrations/channels/<str:channel_key>", channels.channel),
    path("integrations/channels/<str:channel_key>/test", channels.test),
    path("integrations/channels/<str:channel_key>/replay", channels.send_again),
    path("integrations/links/<str:channel_key>", links.links),
    path("integrations/links/<str:channel_key>/lookup", links.look_up),
    path("integrations/connectors", connectors.show),
    path("integrations/connectors/<int:connector_id>", connector.show),
    path("in/<str:key>", inbound.receive),
    path("integrations/webhooks/new", webhooks.new),
    path("integrations/webhooks/<int:webhook_id>", webhooks.webhook),
    path("integrations/webhooks/<int:webhook_id>/rotate", webhooks.rotate),
    path("integrations/webhooks/<int:webhook_id>/test", webhooks.test),
    path("integrations/webhooks/<int:webhook_id>/replay", webhooks.send_again),
    path("integrations/webhooks/<int:webhook_id>/remove", webhooks.remove),
]
