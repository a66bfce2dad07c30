"""What is kept out of logs."""

import logging
import re

_SECRET_PATHS = re.compile(r"/(link|set-up)/[^/\s?]+")


class WithoutLinks(logging.Filter):
    """One-time links lose their token before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, with its links shortened."""
        said = record.getMessage()
        discreet = _SECRET_PATHS.sub(r"/\1/…", said)
        if discreet != said:
            record.msg, record.args = discreet, None
        return True
