"""The older spelling of `recognize`, for callers that still use it."""

from evenhand.sheets.columns.recognize import SAMPLE_ROWS
from evenhand.sheets.columns.recognize import recognize as recognise

__all__ = ["SAMPLE_ROWS", "recognise"]
