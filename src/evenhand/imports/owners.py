"""Who is meant by what a file writes as the owner: a name, a mail, or a number of somebody here."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.people.models import Rep
from evenhand.sheets.values.text import folded


@dataclass(frozen=True, slots=True)
class Meant:
    """A rep of ours; whoever has left keeps what is over, and nothing else."""

    rep_id: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Owners:
    """Everybody who received or receives items, by what files may call him."""

    by_text: Mapping[str, Meant]
    by_id: Mapping[int, Meant]
    said: Mapping[str, int]  # the person's words: text → rep, 0 = nobody of ours

    def find(self, text: str) -> Meant | None:
        """Who is meant; None = nobody, or two of one name."""
        if text in self.said:
            return self.by_id.get(self.said[text])
        word = _word(text)
        if word in self.by_text:
            return self.by_text[word]
        if word.isascii() and word.isdigit() and len(word) < 18:
            return self.by_id.get(int(word))
        return None


def owners(said: Mapping[str, int]) -> Owners:
    """Everybody as things stand; one query."""
    found: dict[str, Meant] = {}
    doubled: set[str] = set()
    by_id: dict[int, Meant] = {}
    rows = Rep.objects.order_by("pk").values_list(
        "pk", "is_active", "user__is_active", "user__name", "user__email"
    )
    for pk, is_rep, is_user, name, email in rows:
        meant = by_id[pk] = Meant(pk, is_rep and is_user)
        for word in filter(None, {_word(name), _word(email)}):
            known = found.get(word)
            if known is not None and known.is_here == meant.is_here:
                doubled.add(word)
            if known is None or meant.is_here:
                found[word] = meant
    return Owners({k: v for k, v in found.items() if k not in doubled}, by_id, said)


def _word(text: str) -> str:
    return " ".join(folded(text).casefold().split())
