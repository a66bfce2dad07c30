"""Tokens: unlike each other, fit for an address, recognized by their digest alone."""

import re

import pytest

from evenhand.platform.ids import is_token, new_token, token_digest


def test_tokens_differ_and_may_stand_in_an_address() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)  # 256 bits


def test_a_token_is_recognized_by_its_digest() -> None:
    token = new_token()
    digest = token_digest(token)

    assert len(digest) == 32
    assert is_token(token, digest=digest)


@pytest.mark.parametrize("wrong", ["", "x", "口令"])
def test_anything_else_is_not(wrong: str) -> None:
    assert not is_token(wrong, digest=token_digest(new_token()))
