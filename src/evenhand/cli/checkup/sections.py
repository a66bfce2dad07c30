"""The details of the page: one section per question that the file can answer."""

from collections.abc import Iterator

from evenhand.cli.checkup.deal_sections import (
    grades_section,
    ledger_section,
    picking_section,
    received_section,
)
from evenhand.cli.checkup.figures import Figures
from evenhand.cli.checkup.handling_sections import (
    contacts_section,
    conversion_section,
    lying_section,
    response_section,
)
from evenhand.cli.checkup.tables import Section
from evenhand.engine.checkup.report import Checkup


def sections(found: Checkup, show: Figures) -> Iterator[Section]:
    """The sections that this file can fill, in the order of the questions."""
    yield received_section(found, show)
    if found.received.grades or found.received.sources:
        yield grades_section(found, show)
    if found.replay is not None:
        yield ledger_section(found, show)
    if found.picks:
        yield picking_section(found, show)
    if found.untouched is not None or found.undecided is not None:
        yield lying_section(found, show)
    if found.response is not None:
        yield response_section(found, show)
    if found.people is not None or found.companies is not None or found.transfers is not None:
        yield contacts_section(found, show)
    if found.conversion is not None:
        yield conversion_section(found, show)
