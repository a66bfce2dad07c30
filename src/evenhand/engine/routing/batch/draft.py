"""A plan in the making: units per option and loads per rep, changed by steps that help."""

from evenhand.engine.routing.batch.options import IntArray, Options

Step = tuple[tuple[int, int], ...]  # (from option, to option) of one unit each


class Draft:
    """Units and loads as they change; `take` is the only way to change them."""

    def __init__(self, options: Options, units: IntArray) -> None:
        self.options = options
        self.units = units.copy()
        self.loads = options.loads(units)
        self.weighed = 0  # steps looked at so far
        self._reps = options.reps.tolist()
        self._sizes = options.sizes.tolist()
        self._values = options.values.tolist()
        self._lowers = options.lowers.tolist()
        self._uppers = options.uppers.tolist()

    def take_all(self, steps: list[Step]) -> int:
        """Take each step as often as it helps; how many were taken."""
        taken = 0
        for step in steps:
            while self.take(step):
                taken += 1
        return taken

    def take(self, step: Step) -> bool:
        """Take the step if it is possible and helps; whether it was taken."""
        origins = [origin for origin, _ in step]
        if any(self.units[o] < origins.count(o) for o in origins):
            return False
        change: dict[int, int] = {}
        value = left_out = short = 0
        overflow = self.options.rep_count
        for origin, target in step:
            giver, taker = self._reps[origin], self._reps[target]
            change[giver] = change.get(giver, 0) - self._sizes[origin]
            change[taker] = change.get(taker, 0) + self._sizes[target]
            value += self._values[target] - self._values[origin]
            left_out += (taker == overflow) - (giver == overflow)
        for rep, extra in change.items():
            before = int(self.loads[rep])
            if before + extra > self._uppers[rep] and extra > 0:
                return False
            lower = self._lowers[rep]
            short += max(0, lower - before - extra) - max(0, lower - before)
        if (left_out, short, -value) >= (0, 0, 0):
            return False
        for origin, target in step:
            self.units[origin] -= 1
            self.units[target] += 1
        for rep, extra in change.items():
            self.loads[rep] += extra
        return True
