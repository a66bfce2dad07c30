"""Asking for an export, deciding about it, making its file, fetching it, forgetting it."""
