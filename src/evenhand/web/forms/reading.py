"""What was typed into the builder, as a definition: one language at a time, limits kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from evenhand.engine.policy.document import CustomField
from evenhand.forms.definition import (
    COLORS,
    LEAD_FIELDS,
    LONGEST_CHOICE,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_WORD,
    MOST_CHOICES,
    MOST_FIELDS,
    MOST_WORDS,
    TEXTS,
    Asked,
    Definition,
    said_in,
)
from evenhand.leads.intake import TEXT_LIMITS
from evenhand.web.asked import number_of
from evenhand.wording.catalogue import LOCALES


def read(before: Definition, typed: QueryDict, locale: str) -> Definition:
    """The definition as it was typed; texts of other languages stay as they are."""
    known = {one.name: one for one in before.fields}
    names = list(dict.fromkeys(typed.getlist("field")))[:MOST_FIELDS]
    changed: dict[str, Any] = {
        name: said_in(getattr(before, name), locale, typed.get(name, "").strip()[:most])
        for name, most in TEXTS.items()
    }
    links = number_of(typed.get("most_links"))
    return Definition(
        fields=tuple(_asked(known.get(one, Asked(one)), typed, locale) for one in names),
        **changed,
        go_to=typed.get("go_to", "").strip()[:500],
        source=typed.get("source", "").strip()[: TEXT_LIMITS["source"]],
        campaign=typed.get("campaign", "").strip()[: TEXT_LIMITS["campaign"]],
        languages=tuple(one for one in LOCALES if one in typed.getlist("language")),
        color=color if (color := typed.get("color", "")) in COLORS else before.color,
        opens_on=typed.get("opens_on", "").strip()[:10],
        closes_on=typed.get("closes_on", "").strip()[:10],
        blocked=tuple(_lines(typed.get("blocked", ""), MOST_WORDS, LONGEST_WORD)),
        most_links=before.most_links if links is None else min(links, 100),
    )


def moved(found: Definition, act: str, own: Mapping[str, CustomField], new: str) -> Definition:
    """After a button beside a field: up, down, remove; or add."""
    fields = list(found.fields)
    what, _, name = act.partition(":")
    is_new = (new in LEAD_FIELDS or new in own) and all(one.name != new for one in fields)
    if what == "add" and is_new and len(fields) < MOST_FIELDS:
        fields.append(Asked(new))
    place = next((k for k, one in enumerate(fields) if one.name == name), None)
    if place is not None and what == "remove":
        del fields[place]
    elif place is not None and what in ("up", "down"):
        other = place + (1 if what == "down" else -1)
        if 0 <= other < len(fields):
            fields[place], fields[other] = fields[other], fields[place]
    return replace(found, fields=tuple(fields))


def _asked(before: Asked, typed: QueryDict, locale: str) -> Asked:
    def value(part: str) -> str:
        return str(typed.get(f"{part}.{before.name}", "")).strip()

    return Asked(
        before.name,
        label=said_in(before.label, locale, value("label")[:LONGEST_LABEL]),
        help=said_in(before.help, locale, value("help")[:LONGEST_HELP]),
        required=bool(value("required")),
        choices=tuple(_lines(value("choices"), MOST_CHOICES, LONGEST_CHOICE)),
        constant=value("constant")[: TEXT_LIMITS.get(before.name, 200)],
    )


def _lines(text: str, most: int, longest: int) -> Sequence[str]:
    found = (" ".join(line.split())[:longest] for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))[:most]
