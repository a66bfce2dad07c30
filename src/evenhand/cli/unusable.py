"""Why a command cannot do what it was asked: said in one sentence, nothing written."""

from evenhand.engine.reasons import Reason


class Unusable(Exception):
    """An input that a command cannot use; `reason` can be worded, the text is plain English."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
