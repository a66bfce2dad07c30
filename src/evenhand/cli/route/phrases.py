"""Why each row went where it went, in one sentence, for the last column of a sheet."""

from collections.abc import Mapping

from evenhand.engine.ledger.book import Standing
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.decision import Cause, Decision, Outcome
from evenhand.wording.catalogue import Words
from evenhand.wording.formats import points
from evenhand.wording.reasons import say


class Phrases:
    """Sentences for decisions; those without figures of their own are formed once."""

    def __init__(self, words: Words, names: Mapping[str, str]) -> None:
        self.words = words
        self.names = names
        self._known: dict[tuple[str, ...], str] = {}

    def why(self, decision: Decision) -> str:
        """Why this item went where it did."""
        if decision.outcome is Outcome.ASSIGNED:
            return self._assigned(decision)
        message = f"route-why-{decision.outcome.value.replace('_', '-')}"
        params = {
            "rule": decision.rule,
            "where": self.names.get(decision.where, decision.where),
        }
        if decision.tried:
            params["why"] = self.reason(decision.tried[-1].why)
            if self.words.has(f"{message}-because"):
                message = f"{message}-because"
        return self._once(message, **params)

    def outcome(self, outcome: Outcome) -> str:
        """What became of it, in a word."""
        return self._once(f"route-outcome-{outcome.value.replace('_', '-')}")

    def reason(self, why: Reason) -> str:
        """A reason in words, with people's names."""
        return say(self.words, why, self.names)

    def _assigned(self, decision: Decision) -> str:
        if decision.cause is Cause.FAIR_SHARE and decision.places:
            return self._most_owed(decision.rule, decision.places[0], decision)
        cause = (decision.cause or Cause.FAIR_SHARE).value.replace("_", "-")
        return self._once(f"route-why-{cause}", rule=decision.rule)

    def _most_owed(self, rule: str, place: Standing, decision: Decision) -> str:
        if decision.exploration is not None and decision.exploration.was_random:
            return self._once("route-why-random", rule=rule)
        message = "route-why-owed-and-fit" if place.bonus else "route-why-owed"
        return self.words.text(
            message,
            rule=rule,
            owed=round_points(place.owed),
            bonus=round_points(place.bonus),
        )

    def _once(self, message: str, **params: str) -> str:
        key = (message, *params.values())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self.words.text(message, **params)
        return known


def round_points(micro_points: int) -> str:
    """Points to two decimals, for a sentence; the receipt holds them exact."""
    hundredth = 10_000
    return str(points((micro_points + hundredth // 2) // hundredth * hundredth))
