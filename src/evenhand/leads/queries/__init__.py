"""Reads of the customer base: lists, time lines, choices. Everything here is within reach only."""
