"""The rows of a CSV text come out as the csv module gives them, however it is cut into blocks."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.reading.blocks import Blocks, plain_rows
from evenhand.sheets.reading.rows import PlainRows

CELLS = 1_000

_pieces = st.sampled_from(["a", "王", ",", ";", '"', "\n", "\r\n", "\r", " ", "\u2028", "b,c\n"])
_texts = st.lists(_pieces, max_size=40).map("".join)


def by_blocks(text: str, delimiter: str, characters: int) -> tuple[list[list[str]], bool]:
    """All rows of a text, and whether it ends inside a quote."""
    blocks = Blocks(io.StringIO(text, newline=""), delimiter, characters=characters)
    rows = [list(row) for row in blocks.quoted(1)]
    while more := blocks.next(CELLS):
        rows += [[str(cell) for cell in row] for row in more]
    return rows, blocks.is_broken


def by_csv(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The same, by the csv module alone: fed one more line, it must give one more row."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    lines = io.StringIO(text, newline="").readlines()
    more = list(csv.reader([*lines, "end"], delimiter=delimiter))
    return rows, len(more) == len(rows)


@given(text=_texts, delimiter=st.sampled_from([",", ";"]), characters=st.integers(1, 60))
def test_any_text_in_blocks_of_any_size_has_the_rows_of_the_csv_module(
    text: str, delimiter: str, characters: int
) -> None:
    assert by_blocks(text, delimiter, characters) == by_csv(text, delimiter)


def test_a_quote_in_one_block_does_not_make_the_others_slow() -> None:
    text = "head\n" + "a,b\n" * 10 + '"x\ny",z\n' + "c,d\n" * 10
    blocks = Blocks(io.StringIO(text, newline=""), ",", characters=8)
    blocks.quoted(1)

    kinds = []
    while rows := blocks.next(CELLS):
        kinds.append(isinstance(rows, PlainRows))

    # The rest of the block with the head, and the block or two with the quote.
    assert kinds.count(False) <= 3
    assert kinds[1]
    assert kinds[-1]


def test_plain_lines_are_kept_only_if_commas_stand_between_the_cells() -> None:
    with_commas = plain_rows("a,b\nc,d\n", ",", CELLS)
    with_others = plain_rows("a;b\nc;d\n", ";", CELLS)

    assert with_commas == with_others == [["a", "b"], ["c", "d"]]
    assert with_commas is not None
    assert with_commas.lines == ["a,b", "c,d"]
    assert with_others is not None
    assert with_others.lines is None


@pytest.mark.parametrize("block", ['"', "a\rb\n", "a\n\nb\n", "x" * (CELLS + 1)])
def test_what_is_not_plain_is_left_to_the_csv_module(block: str) -> None:
    assert plain_rows(block, ",", CELLS) is None
