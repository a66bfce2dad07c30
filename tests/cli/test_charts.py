"""Charts: well-formed, described, in scale, and safe with any name."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from evenhand.cli.charts import (
    STYLE,
    Bar,
    Dot,
    Line,
    Stack,
    bars,
    dots,
    legend,
    lines,
    series_legend,
    stacked_bars,
)

NASTY = "<script>alert('&\"')</script>"


def _parsed(drawing: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(drawing))


def _texts(drawing: Markup) -> list[str]:
    return [text.text or "" for text in _parsed(drawing).iter("text")]


def _drawings() -> list[Markup]:
    words = {"title": NASTY, "description": NASTY}
    return [
        bars([Bar(NASTY, 3, NASTY, target=2, low=1, high=4, second=2.5)], **words),
        stacked_bars([Stack(NASTY, (1, 2), NASTY)], ["A", NASTY], **words),
        dots([Dot(NASTY, 1, 0.5, 1.5, NASTY)], reference=1, **words),
        lines(
            [Line(NASTY, ((0, 1), (1, 2)), band=((0, 0.5, 1.5), (1, 1, 3)))],
            x_labels=[(0, NASTY), (1, "b")],
            **words,
        ),
    ]


@pytest.mark.parametrize("drawing", _drawings(), ids=["bars", "stacked", "dots", "lines"])
def test_a_chart_is_well_formed_described_and_runs_nothing(drawing: Markup) -> None:
    root = _parsed(drawing)

    assert root.get("role") == "img"
    named = str(root.get("aria-labelledby")).split()
    assert [root.find(tag).get("id") for tag in ("title", "desc")] == named  # type: ignore[union-attr]
    assert root.findtext("title") == NASTY
    assert root.findtext("desc") == NASTY
    assert "<script" not in str(drawing)


def test_the_same_figures_give_the_same_drawing() -> None:
    assert _drawings() == _drawings()


def _bar_widths(drawing: Markup, kind: str) -> list[float]:
    return [
        float(str(rect.get("width")).rstrip("%"))
        for rect in _parsed(drawing).iter("rect")
        if rect.get("class") == kind
    ]


def test_bars_are_as_long_as_their_values() -> None:
    drawing = bars([Bar("a", 50), Bar("b", 100), Bar("c", 0)], title="t", description="d")

    half, whole, none = _bar_widths(drawing, "bar")
    assert whole == pytest.approx(2 * half, abs=0.02)
    assert none == 0


def test_a_target_stands_where_a_bar_of_its_value_would_end() -> None:
    drawing = bars([Bar("a", 80, target=80)], title="t", description="d")

    (bar,) = [r for r in _parsed(drawing).iter("rect") if r.get("class") == "bar"]
    (mark,) = [n for n in _parsed(drawing).iter("line") if n.get("class") == "target"]
    end = float(str(bar.get("x")).rstrip("%")) + float(str(bar.get("width")).rstrip("%"))
    assert float(str(mark.get("x1")).rstrip("%")) == pytest.approx(end, abs=0.02)


def test_the_parts_of_a_stack_follow_one_another() -> None:
    drawing = stacked_bars([Stack("a", (2, 0, 3))], ["x", "y", "z"], title="t", description="d")

    first, second = list(_parsed(drawing).iter("rect"))
    end = float(str(first.get("x")).rstrip("%")) + float(str(first.get("width")).rstrip("%"))
    assert float(str(second.get("x")).rstrip("%")) == pytest.approx(end, abs=0.02)


def test_a_name_too_long_is_whole_in_the_title_of_its_row() -> None:
    name = "阿依古丽·买买提江·阿不都热合曼"

    assert name in str(bars([Bar(name, 1, "1")], title="t", description="d"))


@given(
    st.lists(
        st.tuples(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1e9)), min_size=1, max_size=8
    )
)
def test_marks_never_leave_the_plot(values: list[tuple[float, float, float]]) -> None:
    rows = [Bar("x", value, target=target, high=high, low=0) for value, target, high in values]

    drawing = bars(rows, title="t", description="d")

    for place in re.findall(r'(?:x|x1|x2|cx)="([\d.]+)%"', str(drawing)):
        assert 0 <= float(place) <= 100


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (100, ["0", "50", "100"]),
        (7.3, ["0", "2", "4", "6", "8"]),
        (0.05, ["0", "0.02", "0.04", "0.06"]),
    ],
)
def test_ticks_are_round_numbers(largest: float, ticks: list[str]) -> None:
    drawing = bars([Bar("", largest)], title="t", description="d")

    assert [text for text in _texts(drawing) if text] == ticks


def test_a_scale_of_dots_holds_the_whole_intervals_and_the_reference() -> None:
    drawing = dots([Dot("a", 46, 41.3, 51.2)], reference=50, title="t", description="d")

    assert [text for text in _texts(drawing) if text.isdigit()] == ["40", "45", "50", "55"]


def test_negative_numbers_have_a_real_minus() -> None:
    drawing = dots([Dot("a", 0, -2, 2)], title="t", description="d")

    assert "\N{MINUS SIGN}2" in _texts(drawing)


def test_charts_of_nothing_are_still_charts() -> None:
    for drawing in (
        bars([], title="t", description="d"),
        stacked_bars([], [], title="t", description="d"),
        dots([], title="t", description="d"),
        lines([Line("a", ())], x_labels=[], title="t", description="d"),
        bars([Bar("a", 0)], title="t", description="d"),
        dots([Dot("a", 1, 1, 1)], title="t", description="d"),
    ):
        assert _parsed(drawing).get("role") == "img"


def test_a_stepped_line_goes_across_before_it_goes_down() -> None:
    drawing = lines(
        [Line("a", ((0, 1), (0.5, 0.5), (1, 0)), is_stepped=True)],
        x_labels=[],
        top=1,
        title="t",
        description="d",
    )

    (points,) = re.findall(r'<polyline[^>]* points="([^"]*)"', str(drawing))
    assert points == "0.0,0.0 500.0,0.0 500.0,500.0 1000.0,500.0 1000.0,1000.0"


def test_a_legend_names_every_mark() -> None:
    marks = [
        "bar",
        "over",
        "under",
        "muted",
        "dot-over",
        "band",
        "target",
        "second",
        "dashed",
        "s3",
    ]

    drawing = str(legend((mark, f"<{mark}>") for mark in marks))

    assert drawing.count("<li>") == len(marks)
    assert "&lt;second&gt;" in drawing
    ElementTree.fromstring(drawing)


def test_a_series_legend_has_the_colors_of_the_stacks() -> None:
    assert "--chart-s1" in str(series_legend(["a", "b"]))


def test_every_color_that_is_used_is_defined_for_light_and_dark() -> None:
    used = {
        name for drawing in _drawings() for name in re.findall(r"var\((--[\w-]+)\)", str(drawing))
    }
    used |= set(re.findall(r"var\((--[\w-]+)\)", STYLE))

    for name in sorted(used):
        assert STYLE.count(f"{name}:") == 2, name
