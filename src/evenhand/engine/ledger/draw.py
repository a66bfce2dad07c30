"""Chance that can be replayed: each random-looking choice is a hash of who, what, which rules."""

from hashlib import sha256

MILLION = 1_000_000


def draw_for(*, seed: str, item_id: str, round_: int, policy_version: str) -> bytes:
    """The draw of one decision: SHA-256 over company seed, item, round and policy version."""
    parts = (seed, item_id, str(round_), policy_version)
    # Lengths before the parts: ("ab", "c") and ("a", "bc") must not give one draw.
    return sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).digest()


def draw_number(draw: bytes, purpose: str) -> int:
    """A 256-bit number for one purpose; different purposes of one draw are independent."""
    return int.from_bytes(sha256(draw + purpose.encode()).digest(), "big")


def happens(draw: bytes, purpose: str, rate_millionths: int) -> bool:
    """Whether something with this rate (out of a million) happens in this draw."""
    return draw_number(draw, purpose) % MILLION < rate_millionths


def seeded_order(draw: bytes, person_id: str) -> bytes:
    """A key that puts people into an order nobody can foresee or favour."""
    return sha256(draw + b"order:" + person_id.encode()).digest()
