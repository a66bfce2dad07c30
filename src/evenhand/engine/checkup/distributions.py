"""The few distributions that the check-up needs, in plain Python: normal, gamma, Pearson III.

Displayed statistics only; nothing here decides. Accuracy is about 1e-9, far below what is shown.
"""

import math
from dataclasses import dataclass

Z_95 = 1.959963984540054

_BISECTIONS = 200
_SERIES_TERMS = 10_000


def normal_cdf(z: float) -> float:
    """P(Z ≤ z) of the standard normal."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


def normal_quantile(u: float) -> float:
    """The z with P(Z ≤ z) = u, for 0 < u < 1.

    Abramowitz & Stegun 26.2.23 as the start, then Newton steps on the exact distribution.
    """
    if not 0 < u < 1:
        raise ValueError(f"a probability strictly between 0 and 1 is needed, not {u}")
    tail = min(u, 1 - u)
    t = math.sqrt(-2 * math.log(tail))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (
        1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    )
    for _ in range(4):
        error = normal_cdf(-z) - tail
        z += error * math.sqrt(2 * math.pi) * math.exp(z * z / 2)
    return -z if u < 0.5 else z


def gamma_cdf(shape: float, x: float) -> float:
    """P(G ≤ x) for a gamma variable of this shape and scale 1 (regularized incomplete gamma).

    Series below shape + 1, Lentz's continued fraction above (Numerical Recipes 6.2).
    """
    if x <= 0:
        return 0.0
    scale = math.exp(-x + shape * math.log(x) - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for k in range(1, _SERIES_TERMS):
            term *= x / (shape + k)
            total += term
            if term < total * 1e-15:
                break
        return min(1.0, total * scale)
    b = x + 1 - shape
    c = 1e300
    d = 1 / b
    fraction = d
    for k in range(1, _SERIES_TERMS):
        a = -k * (k - shape)
        b += 2
        d = 1 / (a * d + b or 1e-300)
        c = b + a / c or 1e-300
        fraction *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return max(0.0, 1 - scale * fraction)


def gamma_quantile(shape: float, u: float) -> float:
    """The x with P(G ≤ x) = u for a gamma variable of this shape and scale 1."""
    if not 0 < u < 1:
        raise ValueError(f"a probability strictly between 0 and 1 is needed, not {u}")
    z = normal_quantile(u)
    # Wilson–Hilferty is exact enough for large shapes and a good bracket for the others.
    guess = shape * max(1e-12, 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3
    if shape > 1e4:
        return guess
    low, high = 0.0, max(guess, 1.0)
    while gamma_cdf(shape, high) < u:
        high *= 2
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if gamma_cdf(shape, middle) < u:
            low = middle
        else:
            high = middle
        if high - low < 1e-10 * high:
            break
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Moments:
    """A sum of independent amounts: mean, variance and third central moment.

    `cdf` and `quantile` use the Pearson III (shifted gamma) law with these three moments, which
    keeps the skewness that a normal approximation would lose when few leads are expected.
    """

    mean: float = 0.0
    variance: float = 0.0
    third: float = 0.0

    def plus(self, amount: float, chance: float, count: int = 1) -> "Moments":
        """This sum and `count` more amounts, each received with probability `chance`."""
        spread = chance * (1 - chance) * count
        return Moments(
            self.mean + amount * chance * count,
            self.variance + amount * amount * spread,
            self.third + amount**3 * spread * (1 - 2 * chance),
        )

    def cdf(self, x: float) -> float:
        """P(X ≤ x), approximately; a point of probability counts half (mid-p)."""
        if self.variance <= 0:
            return 0.5 if x == self.mean else float(x > self.mean)
        z = (x - self.mean) / math.sqrt(self.variance)
        shape, sign = self._shape()
        if shape is None:
            return normal_cdf(z)
        below = gamma_cdf(shape, shape + sign * z * math.sqrt(shape))
        return below if sign > 0 else 1 - below

    def quantile(self, u: float) -> float:
        """The x with P(X ≤ x) = u."""
        if self.variance <= 0:
            return self.mean
        shape, sign = self._shape()
        if shape is None:
            z = normal_quantile(u)
        else:
            z = sign * (gamma_quantile(shape, u if sign > 0 else 1 - u) - shape) / math.sqrt(shape)
        return self.mean + z * math.sqrt(self.variance)

    def two_sided(self, x: float) -> float:
        """The two-sided p-value of having seen `x`."""
        below = self.cdf(x)
        return min(1.0, 2 * min(below, 1 - below))

    def range_95(self) -> tuple[float, float]:
        """What 95 % of chance outcomes lie between; never below 0, as amounts are not."""
        return max(0.0, self.quantile(0.025)), self.quantile(0.975)

    def _shape(self) -> tuple[float | None, int]:
        skewness = self.third / self.variance**1.5
        # Below this skewness the law is normal to more digits than are shown.
        if abs(skewness) < 0.005:
            return None, 1
        return 4 / skewness**2, 1 if skewness > 0 else -1
