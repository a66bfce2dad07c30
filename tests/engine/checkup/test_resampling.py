"""Chance without a random source: the same everywhere, and shaped as it should be."""

import hashlib
from itertools import islice

import pytest

from evenhand.engine.checkup.resampling import poisson_draw, uniforms


def test_the_same_seed_and_label_give_the_same_numbers_on_every_machine() -> None:
    numbers = list(islice(uniforms("evenhand", "bootstrap"), 3))

    assert numbers == list(islice(uniforms("evenhand", "bootstrap"), 3))
    # SHA-256("evenhand\nbootstrap\n" + eight zero bytes), computed apart.
    digest = hashlib.sha256(b"evenhand\nbootstrap\n" + bytes(8)).digest()
    first = ((int.from_bytes(digest[:8], "big") >> 12) + 0.5) / 2**52
    assert numbers[0] == first


def test_another_label_gives_other_numbers() -> None:
    assert next(uniforms("evenhand", "bootstrap")) != next(uniforms("evenhand", "by lot"))


def test_numbers_are_uniform_and_never_0_or_1() -> None:
    numbers = list(islice(uniforms("x", "y"), 20_000))

    assert 0 < min(numbers) < 0.001
    assert 0.999 < max(numbers) < 1
    assert sum(numbers) / len(numbers) == pytest.approx(0.5, abs=0.01)
    assert sum(n < 0.25 for n in numbers) / len(numbers) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("mean", [0.3, 4, 29, 80])
def test_poisson_counts_have_the_mean_and_variance_of_poisson(mean: float) -> None:
    counts = [poisson_draw(mean, u) for u in islice(uniforms("x", "p"), 8000)]

    average = sum(counts) / len(counts)
    variance = sum((count - average) ** 2 for count in counts) / len(counts)
    assert average == pytest.approx(mean, rel=0.05)
    assert variance == pytest.approx(mean, rel=0.08)


def test_nothing_expected_is_nothing_drawn() -> None:
    assert poisson_draw(0, 0.999) == 0
