"""How a name is sorted: Chinese characters by their sound, as a Chinese reader expects."""

from pypinyin import lazy_pinyin


def name_key(name: str) -> str:
    """The key by which lists of people are sorted."""
    return " ".join(lazy_pinyin(name)).lower()[:200]
