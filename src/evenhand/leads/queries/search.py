"""Search in a list: two Chinese characters are enough, and a GIN index over pairs answers.

Every word of the query must occur. One character alone finds what begins with it.
"""

import re
from collections.abc import Sequence
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


def search_leads(
    rows: QuerySet[Any], text: str, *, actor: Actor, are_few: bool = False
) -> QuerySet[Any]:
    """The leads in which every word occurs: name, company, phone, mail, external id.

    Where somebody may not see the phone of an item, its phone cannot be found out by search.
    `are_few` says that these rows are read one by one sooner than the index of all.
    """
    words = words_of(text)
    if not words:
        return rows
    if not are_few:
        rows = rows.alias(pairs=_Pairs(F("search")))
    for word in words:
        if are_few:
            rows = rows.filter(_any_text(texts_of(word), "search"))
        else:
            rows = rows.filter(_any_spelling(word, "search"))
        if not may(actor, Right.SEE_CONTACTS):
            rows = rows.filter(
                Q(owner_id=actor.user_id)
                | Q(name__icontains=word)
                | Q(company_name__icontains=word)
                | Q(external_id__icontains=word)
            )
    return rows


def found_in_sql(words: Sequence[str]) -> tuple[str, list[str]]:
    """The condition that every word occurs in a lead, in SQL that reads leads one by one: for the
    few of one person, who sees all that stands in them. Then its values."""
    texts = [texts_of(word) for word in words]
    each = [" OR ".join(["strpos(lead.search, %s) > 0"] * len(some)) for some in texts]
    return " AND ".join(f"({one})" for one in each), [text for some in texts for text in some]


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
    for other in _other_spellings(word):
        condition |= _holds(other, column)
    return condition


def texts_of(word: str) -> list[str]:
    """The texts of which one stands in what a word finds: its pairs stand there if it does."""
    return [_text_of(word), *map(_text_of, _other_spellings(word))]


def _text_of(word: str) -> str:
    return f"\n{word}" if len(word) == 1 else word


def _other_spellings(word: str) -> list[str]:
    if not _NUMBER.fullmatch(word):
        return []
    digits = phone_key(word) or re.sub(r"[^0-9]", "", word)
    return [digits] if len(digits) > 1 and digits != word else []


def _any_text(texts: Sequence[str], column: str) -> Q:
    condition = Q()
    for text in texts:
        condition |= Q(**{f"{column}__contains": text})
    return condition


def _holds(word: str, column: str) -> Q:
    if len(word) == 1:
        return Q(pairs__contains=_Pairs(Value(_text_of(word))))
    return Q(pairs__contains=_Pairs(Value(word)), **{f"{column}__contains": word})
