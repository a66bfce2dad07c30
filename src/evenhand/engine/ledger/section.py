"""The `fairness` section of the policy document: how far fit may bend whose turn it is."""

from typing import Literal

from pydantic import model_validator

from evenhand.engine.refusal import refusal
from evenhand.engine.values import Flag, MicroPoints, Percent, Section


class CatchUp(Section):
    """What a leave earns: nothing (`none`: the balance is frozen), or, after it, shares at most
    `percent` larger until what was missed is made up (`bounded`). Never a flood.
    """

    mode: Literal["none", "bounded"] = "none"
    percent: Percent = 25


class FairnessSection(Section):
    """Whose turn it is, and how much of a say fit has in it.

    `tau` is the most points by which fit may outweigh what people are owed; None = P, the
    points of the largest item, where every new company starts. `band` is how far behind the most
    owed somebody may be and still be picked; None = `tau`, the width that is proved for.
    """

    tau: MicroPoints | None = None
    band: MicroPoints | None = None
    grade_books: Flag = True
    basis: Literal["entitlement", "equal_totals"] = "entitlement"
    owed_limit: MicroPoints | None = None
    scope: Literal["group", "company"] = "group"
    catch_up: CatchUp = CatchUp()
    claim_least_owed: MicroPoints | None = None
    colleagues: Literal["names", "pseudonyms"] = "names"
    note: str = ""

    @model_validator(mode="after")
    def _totals_are_bounded(self) -> "FairnessSection":
        if self.basis == "equal_totals" and self.catch_up.mode == "bounded":
            raise refusal(
                "fairness.catch_up_not_here",
                "catch_up belongs to basis: entitlement; equal totals catch up by themselves",
            )
        if self.basis == "entitlement" and self.owed_limit is not None:
            raise refusal(
                "fairness.owed_limit_not_here",
                "owed_limit belongs to basis: equal_totals; leave it out",
            )
        return self
