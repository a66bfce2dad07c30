"""Invents what becomes of a lead once somebody has it: contacts, an end, perhaps a deal."""

from evenhand.cli.demo_company import calls, names
from evenhand.cli.demo_company.chance import Chance
from evenhand.cli.demo_company.plans import ActivityPlan, CompanyPlan, DealPlan, FatePlan

DAY = 450  # working minutes
CONVERTED = {"A": 54, "B": 37, "C": 17, "D": 6, "": 28}  # of a hundred
WON = {"A": 50, "B": 40, "C": 34, "D": 25, "": 40}
LOST = ("no_need", "no_budget", "competitor", "no_decision")
NEVER_REACHED = ("unreachable", "unreachable", "not_a_customer")
# What is hoped for, by channel.
REACHED = {
    "call": "reached",
    "wechat": "replied",
    "mail": "replied",
    "visit": "met",
    "meeting": "met",
}
CHANNELS = (("call", 58), ("wechat", 20), ("mail", 8), ("visit", 8), ("meeting", 6))
EVIDENCE = {
    "call": ("call_record", "call_record", "said"),
    "wechat": ("reply", "said"),
    "mail": ("reply", "said"),
    "visit": ("photo", "said"),
    "meeting": ("said",),
}


class Fates:
    """Fates, one after the other."""

    def __init__(self, seed: str) -> None:
        self.chance = Chance(f"{seed}|fates")

    def fate(
        self, line: str, grade: str, product: str, firm: CompanyPlan | None, budget: int | None
    ) -> FatePlan:
        """What happens to a lead if its owner works on it."""
        chance = self.chance
        if chance.random() < 0.06:  # nobody ever calls
            return FatePlan((), "lost", chance.randint(18, 40) * DAY, "unreachable")
        is_abroad = bool(firm and firm.country)
        after = int(chance.expovariate(1 / 75)) + 4
        activities: list[ActivityPlan] = []
        for number in range(chance.choice((1, 1, 2, 2, 2, 3, 3, 4))):
            activities.append(self._contact(after, number, is_abroad))
            after += chance.randint(DAY // 3, DAY * 4)
        last = activities[-1].after_minutes
        if firm is not None and chance.randrange(100) < CONVERTED[grade]:
            return self._converted(line, grade, product, firm, budget, activities)
        end = last + chance.randint(DAY * 2, DAY * 28)
        reached = any(one.outcome == REACHED.get(one.channel) for one in activities)
        reason = chance.choice(LOST if reached else NEVER_REACHED)
        return FatePlan(tuple(activities), "lost", end, reason)

    def _contact(self, after: int, number: int, is_abroad: bool) -> ActivityPlan:
        chance = self.chance
        channel = chance.picked(CHANNELS) if number else chance.picked(CHANNELS[:3])
        if is_abroad and channel == "wechat":
            channel = "mail"
        if number and chance.random() < 0.08:
            return ActivityPlan(after, "note", "noted", "", None, chance.choice(calls.NOTES))
        if channel == "call" and chance.random() < 0.34:
            said = calls.UNREACHED_ABROAD if is_abroad else calls.UNREACHED
            note = chance.choice(said)
            return ActivityPlan(after, "call", "no_answer", "call_record", None, note)
        return self._conversation(after, channel, is_abroad)

    def _conversation(self, after: int, channel: str, is_abroad: bool) -> ActivityPlan:
        chance = self.chance
        said = calls.REACHED_ABROAD if is_abroad else calls.REACHED[channel]
        seconds = chance.randint(45, 1500) if channel in ("call", "meeting") else None
        evidence = chance.choice(EVIDENCE[channel])
        note = chance.choice(said)
        return ActivityPlan(after, channel, REACHED[channel], evidence, seconds, note)

    def _converted(
        self,
        line: str,
        grade: str,
        product: str,
        firm: CompanyPlan,
        budget: int | None,
        activities: list[ActivityPlan],
    ) -> FatePlan:
        chance = self.chance
        activities = [*activities]
        after = activities[-1].after_minutes + chance.randint(DAY // 4, DAY * 3)
        activities.append(self._conversation(after, "meeting", bool(firm.country)))
        stages = [("discovery", after)]
        at = after
        for stage in ("proposal", "negotiation"):
            at += chance.randint(DAY * 3, DAY * 16)
            stages.append((stage, at))
        at += chance.randint(DAY * 3, DAY * 20)
        if chance.randrange(100) < WON[grade]:
            stages.append(("won", at))
        else:
            stages = stages[: chance.randint(1, 3)]
            stages.append(("lost", stages[-1][1] + chance.randint(DAY * 4, DAY * 15)))
        least, most = (200_000, 2_400_000) if line == names.LINES[0] else (20_000, 320_000)
        whole = budget or chance.randint(least, most) // 1000 * 1000
        value = whole * chance.randint(70, 110) // 100 * 100
        if firm.currency != "CNY":
            value //= 7
        short = firm.name.removesuffix("有限公司").removesuffix("股份")
        deal = DealPlan(
            f"{short} · {product}",
            value,
            firm.currency,
            tuple(stages),
            chance.randint(20, 90),
        )
        return FatePlan(tuple(activities), "converted", after, deal=deal)
