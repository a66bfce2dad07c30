"""Inbound connectors: what ad platforms, other CRMs and telephone systems push becomes leads and
activities, by one small declarative mapping each."""
