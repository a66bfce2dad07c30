"""The menu: which pages there are, for whom, and in which order.

An entry is shown to those who have its right, and only if its address leads somewhere: a page that
lands later appears by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import Resolver404, get_urlconf, resolve

from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu. `key` gives its words (`web-nav-<key>`), `icon` its picture."""

    key: str
    path: str
    icon: str
    right: Right | None = None
    for_reps: bool = False  # only for those who receive items
    in_bar: bool = False  # may stand in the bar at the foot of a phone


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading (`web-nav-<key>`)."""

    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as it stands on this page."""

    entry: Entry
    words: str
    is_current: bool


MENU: tuple[Section, ...] = (
    Section(
        "work",
        (
            Entry("today", "/", "sun-high", in_bar=True),
            Entry("leads", "/leads", "list-details", Right.SEE_ITEMS, in_bar=True),
            Entry("pool", "/pool", "ripple", Right.SEE_ITEMS, in_bar=True),
            Entry("tasks", "/tasks", "checkbox", Right.SEE_ITEMS, in_bar=True),
            Entry("market", "/market", "building-store", Right.SEE_ITEMS),
            Entry("accounts", "/accounts", "building", Right.SEE_ITEMS, in_bar=True),
            Entry("opportunities", "/opportunities", "briefcase-2", Right.SEE_ITEMS, in_bar=True),
            Entry("share", "/share", "scale", for_reps=True),
            Entry("growth", "/growth", "stairs-up", for_reps=True),
            Entry("intake", "/intake", "square-plus", Right.TAKE_IN),
            Entry("conflicts", "/conflicts", "search", Right.CHECK_CONFLICT),
            Entry("my-workload", "/workload/mine", "gauge", for_reps=True),
            Entry("my-appeals", "/appeals/mine", "gavel", Right.APPEAL, for_reps=True),
            Entry("imports", "/imports", "file-import", Right.IMPORT),
            Entry("exports", "/exports", "download", Right.EXPORT),
            Entry("availability", "/availability", "user-check", for_reps=True),
        ),
    ),
    Section(
        "dealing",
        (
            Entry("team", "/team", "users-group", Right.SEE_PEOPLE),
            Entry("workload", "/workload", "gauge", Right.SEE_PEOPLE),
            Entry("rebalance", "/rebalances", "arrows-exchange", Right.SEE_PEOPLE),
            Entry("clocks", "/clocks", "clock", Right.SEE_PEOPLE),
            Entry("distribution", "/distribution", "scale", Right.SEE_DECISIONS, in_bar=True),
            Entry("unassigned", "/unassigned", "hourglass-high", Right.SEE_UNASSIGNED, in_bar=True),
            Entry("pools", "/pools", "chart-dots", Right.SEE_DECISIONS),
            Entry("fairness", "/fairness", "chart-bar", Right.SEE_DECISIONS),
            Entry("fairness-reports", "/fairness/reports", "report-analytics", Right.SEE_ITEMS),
            Entry("appeals", "/appeals", "gavel", Right.SEE_DECISIONS),
            Entry("overrides", "/overrides", "hand-stop", Right.SEE_DECISIONS),
            Entry("policies", "/policies", "adjustments", Right.SEE_POLICY),
        ),
    ),
    Section(
        "people",
        (
            Entry("members", "/members", "users", Right.SEE_PEOPLE),
            Entry("bench", "/bench", "stairs", Right.SEE_PEOPLE),
            Entry("teams", "/teams", "sitemap", Right.SEE_PEOPLE),
            Entry("leave", "/leave", "beach", Right.SEE_PEOPLE),
            Entry("handover", "/handover", "user-share", Right.SEE_ITEMS),
            Entry("rosters", "/rosters", "calendar-user", Right.SEE_PEOPLE),
            Entry("calendars", "/calendars", "calendar", Right.SEE_PEOPLE),
        ),
    ),
    Section(
        "system",
        (
            Entry("journal", "/journal", "history", Right.SEE_JOURNAL),
            Entry("tokens", "/account/tokens", "key", Right.MANAGE_TOKENS),
            Entry("integrations", "/integrations", "plug-connected", Right.EDIT_COMPANY),
            Entry("company", "/company", "settings", Right.EDIT_COMPANY),
            Entry("help", "/help", "help-circle"),
        ),
    ),
)

# Beside "more"; five fit a phone.
_BAR_PLACES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Menu:
    """What somebody sees of it: sections for the side, and the bar for a phone."""

    sections: Sequence[tuple[str, Sequence[Shown]]]
    bar: Sequence[Shown]


def menu_for(actor: Actor, path: str) -> Menu:
    """The menu of an actor who is looking at the page `path`.

    Whoever has the same rights is given the same object on the same pages.
    """
    alike = Actor(actor.kind, role=actor.role, is_rep=actor.is_rep, token_scopes=actor.token_scopes)
    urlconf = get_urlconf()
    entries = [entry for _, entries in _seen(alike, urlconf) for entry in entries]
    return _menu(alike, urlconf, _current(entries, path))


@lru_cache(maxsize=64)
def _seen(alike: Actor, urlconf: str | None) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The entries for whoever has the rights of this actor, who is nobody in particular."""
    return tuple(
        (section.key, tuple(entry for entry in section.entries if _is_for(alike, entry, urlconf)))
        for section in MENU
    )


@lru_cache(maxsize=512)
def _menu(alike: Actor, urlconf: str | None, here: Entry | None) -> Menu:
    sections = [
        (f"web-nav-{key}", [_shown(alike, entry, here) for entry in entries])
        for key, entries in _seen(alike, urlconf)
        if entries
    ]
    in_bar = [shown for _, all_shown in sections for shown in all_shown if shown.entry.in_bar]
    return Menu(sections, _bar(alike, in_bar))


def leads_somewhere(path: str) -> bool:
    """Whether there is a page at this address."""
    return _resolves(path, get_urlconf())


def _is_for(actor: Actor, entry: Entry, urlconf: str | None) -> bool:
    if entry.for_reps and not actor.is_rep:
        return False
    if entry.right is not None and not may(actor, entry.right):
        return False
    return _resolves(entry.path, urlconf)


def _shown(actor: Actor, entry: Entry, here: Entry | None) -> Shown:
    key = "my-leads" if entry.key == "leads" and _sees_own_only(actor) else entry.key
    return Shown(entry, f"web-nav-{key}", entry is here)


def _bar(actor: Actor, candidates: list[Shown]) -> list[Shown]:
    """Who deals has these pages at hand, before accounts and opportunities."""
    if may(actor, Right.SEE_UNASSIGNED):
        first = ("today", "distribution", "unassigned", "leads")
        candidates.sort(key=lambda shown: shown.entry.key not in first)
    return candidates[:_BAR_PLACES]


def _current(entries: Sequence[Entry], path: str) -> Entry | None:
    """The entry whose page, or a page below it, this is."""
    fitting = [
        entry
        for entry in entries
        if path == entry.path or (entry.path != "/" and path.startswith(f"{entry.path}/"))
    ]
    return max(fitting, key=lambda entry: len(entry.path), default=None)


def _sees_own_only(actor: Actor) -> bool:
    return not may(actor, Right.SEE_UNASSIGNED)


@lru_cache(maxsize=512)
def _resolves(path: str, urlconf: str | None) -> bool:
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True
