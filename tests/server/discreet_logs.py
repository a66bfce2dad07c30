"""Reads every line that is logged while a test runs, and finds whom it should not name."""

import logging
import re

from evenhand.platform.discretion import JsonLines

# Phones and mail addresses of the people and customers of the tests, and tokens.
# Digits within a longer number are no phone: tests also send numbers that mean nothing.
NAMED = re.compile(
    r"(?<![0-9A-Za-z_.])(?:13[789]\d{8}|138-\d{4}-\d{4})(?![0-9A-Za-z_])"
    r"|[\w.+-]+@(?:cast|hidden|firm)\.example|evh_[\w-]{12,}"
)


class Reader(logging.Handler):
    """Keeps the lines that name somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.count = 0
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Format it as in life, and look."""
        line = self.format(record)
        self.count += 1
        if NAMED.search(line) or "\n" in line:
            self.leaks.append(line[:500])
