"""How a name is sorted: Chinese characters by their sound, as a Chinese reader expects."""


def name_key(name: str) -> str:
    """The key by which lists of people are sorted."""
    from pypinyin import lazy_pinyin  # takes 50 MB, and most processes never name anybody

    return " ".join(lazy_pinyin(name)).lower()[:200]
