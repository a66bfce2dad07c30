"""Search in a list: two Chinese characters are enough, and a GIN index over pairs answers.

Every word of the query must occur. One character alone finds what begins with it.
"""

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from evenhand.leads.keys import phone_key, search_term
from evenhand.leads.models import Company, Opportunity
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may

MOST_WORDS = 5
LONGEST = 80  # characters of a query that are looked at
_NUMBER = re.compile(r"[+()\-.0-9]{5,}")


class _Pairs(Func):
    """The pairs of neighboring characters of a text, as the index holds them."""

    function = "bigrams"
    output_field = ArrayField(TextField())


class _NameLine(Func):
    """A name as the index of names sees it: a break before it, lower case."""

    template = r"(E'\n' || lower(%(expressions)s))"
    output_field = TextField()


def words_of(text: str) -> list[str]:
    """What is looked for, word by word."""
    return search_term(text[:LONGEST]).split()[:MOST_WORDS]


def search_leads(rows: QuerySet[Any], text: str, *, actor: Actor) -> QuerySet[Any]:
    """The leads in which every word occurs: name, company, phone, mail, external id.

    Where somebody may not see the phone of an item, its phone cannot be found out by search.
    """
    words = words_of(text)
    if not words:
        return rows
    rows = rows.alias(pairs=_Pairs(F("search")))
    for word in words:
        rows = rows.filter(_any_spelling(word, "search"))
        if not may(actor, Right.SEE_CONTACTS):
            rows = rows.filter(
                Q(owner_id=actor.user_id)
                | Q(name__icontains=word)
                | Q(company_name__icontains=word)
                | Q(external_id__icontains=word)
            )
    return rows


def search_companies(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The companies in whose name every word occurs."""
    return _search_names(rows, words_of(text))


def search_opportunities(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The opportunities whose own or whose company's name holds every word."""
    words = words_of(text)
    if not words:
        return rows
    named = _search_names(Opportunity.objects.order_by(), words).values("pk")
    companies = _search_names(Company.objects.order_by(), words).values("pk")
    of_company = Opportunity.objects.order_by().filter(company__in=companies).values("pk")
    return rows.filter(pk__in=named.union(of_company))


def _search_names(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    if not words:
        return rows
    rows = rows.alias(line_of_name=_NameLine(F("name")), pairs=_Pairs(_NameLine(F("name"))))
    for word in words:
        rows = rows.filter(_holds(word, "line_of_name"))
    return rows


def _any_spelling(word: str, column: str) -> Q:
    """A number is looked for as typed and as its key."""
    condition = _holds(word, column)
    if _NUMBER.fullmatch(word):
        digits = phone_key(word) or re.sub(r"[^0-9]", "", word)
        if len(digits) > 1 and digits != word:
            condition |= _holds(digits, column)
    return condition


def _holds(word: str, column: str) -> Q:
    if len(word) == 1:
        return Q(pairs__contains=_Pairs(Value(f"\n{word}")))
    return Q(pairs__contains=_Pairs(Value(word)), **{f"{column}__contains": word})
