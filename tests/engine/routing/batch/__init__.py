"""Tests of plans for a backlog."""
