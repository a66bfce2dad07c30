"""Evenhand (衡派): every lead reaches the right person, fairly, and anyone can see why."""

__version__ = "0.1.0"
