"""Seeded choices that several parts of the generator make alike."""

from collections.abc import Sequence
from random import Random
from unicodedata import normalize

from pypinyin import Style, lazy_pinyin

from evenhand.cli.demo_company import names


class Chance(Random):
    """Chance from a seed: one stream per part, so that a change of one moves no other."""

    def picked(self, weighted: Sequence[tuple[str, int]]) -> str:
        """One of the texts, by weight."""
        return self.choices([text for text, _ in weighted], [weight for _, weight in weighted])[0]

    def some(self, of: Sequence[str], least: int, most: int) -> tuple[str, ...]:
        """Between `least` and `most` of them, in their own order."""
        chosen = set(self.sample(of, self.randint(least, min(most, len(of)))))
        return tuple(one for one in of if one in chosen)

    def person(self) -> str:
        """A Chinese name."""
        return self.choice(names.SURNAMES) + self.choice(names.GIVEN)


def latin(name: str) -> str:
    """A name as it stands in a mail address: pinyin for Chinese, plain letters for others."""
    if name.isascii():
        return ".".join(name.lower().split())
    if any("\u4e00" <= sign <= "\u9fff" for sign in name):
        surname, *given = lazy_pinyin(name, style=Style.NORMAL)
        return f"{''.join(given)}.{surname}"
    return ".".join("".join(s for s in _bare(part) if s.isalnum()) for part in name.lower().split())


def slug(name: str) -> str:
    """A name as it stands in the domain of a firm."""
    return "".join(sign for sign in _bare("".join(lazy_pinyin(name))).lower() if sign.isalnum())


def _bare(text: str) -> str:
    plain = normalize("NFKD", text.replace("đ", "d").replace("ł", "l"))
    return plain.encode("ascii", "ignore").decode()
