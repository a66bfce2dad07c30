"""Finding the region in Latin letters: pinyin and English, in either order, commas or none."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from evenhand.engine.region_names import stem
from evenhand.sheets.regions.atlas import Atlas, Option
from evenhand.sheets.regions.divisions import Level
from evenhand.sheets.regions.reading import NOTHING, Reading

# The levels that a rank may mean; the first at which something is so called counts.
_RANKS: Mapping[str, tuple[Level, ...]] = {
    "province": (Level.PROVINCE,),
    "autonomous region": (Level.PROVINCE,),
    "sheng": (Level.PROVINCE,),
    "prefecture": (Level.CITY,),
    "city": (Level.CITY, Level.PROVINCE, Level.COUNTY),
    "shi": (Level.CITY, Level.PROVINCE, Level.COUNTY),
    "district": (Level.COUNTY,),
    "county": (Level.COUNTY,),
    "qu": (Level.COUNTY,),
    "xian": (Level.COUNTY,),
    "new area": (Level.COUNTY,),
}
_RANKED = re.compile(rf"(?P<name>.+?)[\s.]+(?P<rank>{'|'.join(_RANKS)})")
_PARTS = re.compile(r"[,;/|\n，；、>]+")
_WORDS = re.compile(r"[a-z]+")
_STREETS = frozenset(
    "road rd street st avenue ave lu jie dadao lane boulevard blvd building bldg no room".split()
)
# How names of places read these, whatever a dictionary of words says; 长子县 is the exception.
_READ_IN_PLACES = {"都": "du", "勒": "le", "什": "shi", "长": "chang", "朝": "chao"}
_LONGEST_NAME = 4  # words: xi shuang ban na
# 陕西 would be spelled like 山西; it has a spelling of its own.
_SPELLED_OTHERWISE = frozenset({"610000"})


class LatinNames:
    """Every name in Latin letters, made when the first such text comes."""

    def __init__(self, atlas: Atlas) -> None:
        names: dict[str, dict[str, Option]] = defaultdict(dict)
        for code, division in atlas.divisions.items():
            if code not in _SPELLED_OTHERWISE:
                names[_key(_spelled(stem(division.name)))][code] = Option(code)
            for spelling in atlas.english.get(code, ()):
                names[_key(spelling)][code] = Option(code)
        for old, name in atlas.names.items():
            former = [option for option in name.options if option.changes]
            for option in former if name.is_full else ():
                key = _key(_spelled(stem(old)))
                names[key].setdefault(option.code, option)
        self._names = {key: tuple(found.values()) for key, found in names.items()}
        self._atlas = atlas

    def named(self, written: str) -> tuple[Option, ...]:
        """What a name with or without its rank may mean."""
        ranked = _RANKED.fullmatch(written)
        if ranked is None:
            return self._names.get(_key(written), ())
        options = self._names.get(_key(ranked["name"]), ())
        for level in _RANKS[ranked["rank"]]:
            if found := tuple(o for o in options if self._atlas.level(o.code) is level):
                return found
        return ()


def read_latin(text: str, names: LatinNames, atlas: Atlas) -> Reading:
    """What the text says; its parts are read from the last to the first, large to small."""
    options: tuple[Option, ...] = ()
    for found in _named_parts(_bare(text), names):
        both = atlas.combine(options, found) if options else found
        if both:
            options = both
    return Reading(options, options, is_short=True) if options else NOTHING


def _named_parts(text: str, names: LatinNames) -> Iterator[tuple[Option, ...]]:
    """What the parts of an address name: provinces, cities and districts, the largest first."""
    found: list[tuple[Option, ...]] = []
    for part in reversed(_PARTS.split(text)):
        words = " ".join(_WORDS.findall(part))
        if not words:
            continue
        if whole := names.named(words):
            found.append(whole)
        elif _STREETS.isdisjoint(words.split()):
            found.extend(reversed([*_words_named(words.split(), names)]))
    # The order that leaves the fewest places comes first: Hangzhou before Chaoyang.
    yield from sorted(found, key=len)


def _words_named(words: list[str], names: LatinNames) -> Iterator[tuple[Option, ...]]:
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - position), 0, -1):
            if options := names.named(" ".join(words[position : position + length])):
                yield options
                position += length
                break
        else:
            position += 1


def _bare(text: str) -> str:
    """Lower case without accents and apostrophes: Lü'an → luan."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’`")


def _spelled(name: str) -> str:
    from pypinyin import lazy_pinyin  # takes 50 MB, for those who need it

    syllables = lazy_pinyin(name)
    if len(syllables) == len(name) and not name.startswith("长子"):
        pairs = zip(name, syllables, strict=True)
        syllables = [_READ_IN_PLACES.get(letter, syllable) for letter, syllable in pairs]
    return "".join(syllables)


def _key(name: str) -> str:
    # Lü is written lu, lv and lyu; in names of places nothing else has a v.
    return re.sub(r"[^a-z]", "", _bare(name)).replace("v", "u")
