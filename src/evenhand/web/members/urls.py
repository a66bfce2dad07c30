"""Addresses of this area."""

from typing import Any

urlpatterns: list[Any] = []
