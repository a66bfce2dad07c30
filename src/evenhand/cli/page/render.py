"""Self-contained pages: one HTML file with its styles and drawings inside, nothing fetched."""

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand.cli import charts

FRAME = "evenhand.cli.page"


def render(package: str, template: str, **values: Any) -> str:
    """The page that a template of `package` gives; it extends `frame.html.j2` of this one.

    Every value is escaped unless it is Markup already: names come from files of anybody.
    """
    page = _environment(package).get_template(template)
    return page.render(chart_style=Markup(charts.STYLE), **values)


@cache
def _environment(package: str) -> Environment:
    """Templates are compiled once: a server, and a test, render many pages."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package, "."), PackageLoader(FRAME, ".")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
