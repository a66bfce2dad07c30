"""What is kept out of logs, and how a line of them is written.

One JSON object per line, in UTC: nothing that somebody sends can begin a line of its own. Secrets,
phone numbers, mail addresses and the rows that a database quotes are taken out wherever they stand,
also in traces. (reference: reliability, S13)
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

# Addresses whose last part opens something: invitations, results, calendars, connectors.
_SECRET_PATHS = re.compile(r"/(link|set-up|result|feeds|in)/[^/\s?\"']+")
_SECRETS = re.compile(r"evh_[\w-]{8,}|(?i:bearer)\s+[\w.~+/=-]{8,}")
_MAILS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Mobile and fixed numbers of China, and whatever begins with a country's code.
_PHONES = re.compile(
    r"(?<![0-9A-Za-z_.])(?:\+\d[\d\s()-]{6,18}\d|(?:0086|86)?[\s-]?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"
    r"|0\d{2,3}-?\d{7,8})(?![0-9A-Za-z_])"
)
# PostgreSQL quotes the row that it refused, which may go over several lines.
_ROWS = re.compile(
    r"(?ms)^(\s*(?:DETAIL|CONTEXT):).*?(?=^(?:Traceback |The above |During |  File )|\Z)"
)
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST = 20_000


def discreet(text: str) -> str:
    """A text as a log may hold it."""
    for pattern, instead in (
        (_ROWS, r"\1 …\n"),
        (_SECRET_PATHS, r"/\1/…"),
        (_SECRETS, "…"),
        (_MAILS, "…@…"),
        (_PHONES, "…"),
    ):
        text = pattern.sub(instead, text)
    return text.rstrip("\n")


class WithoutLinks(logging.Filter):
    """One-time links lose their token before anything is written, whoever writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, with its links shortened."""
        said = record.getMessage()
        shortened = _SECRET_PATHS.sub(r"/\1/…", said)
        if shortened != said:
            record.msg, record.args = shortened, None
        return True


class JsonLines(logging.Formatter):
    """A record as one line: when, how bad, where in the program, what; of a request also who."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC)
        found: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "where": record.name,
            "what": discreet(record.getMessage()[:_LONGEST]),
            **_asked(record),
        }
        if record.exc_info:
            found["trace"] = discreet(self.formatException(record.exc_info)[-_LONGEST:])
        line = json.dumps(found, ensure_ascii=False)
        return _CONTROL.sub(lambda one: f"\\u{ord(one[0]):04x}", line)


def _asked(record: logging.LogRecord) -> dict[str, Any]:
    """Method and status of the request that a record is about, and who made it, if that is known.

    Nobody is looked up for it: a log must not ask the database.
    """
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "method"):
        return {}
    number = getattr(getattr(request, "_cached_user", None), "pk", None)
    caller = getattr(getattr(request, "auth", None), "caller", None)
    found = {"method": request.method, "who": caller or (f"user:{number}" if number else "nobody")}
    status = getattr(record, "status_code", None)
    return found if status is None else {**found, "status": status}
