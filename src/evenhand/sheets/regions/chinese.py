"""Finding the region in Chinese text: a field, or an address from large to small.

The text is read from its first place name on, each further name within those before it. Names
without their rank (杭州) are taken where no street begins with them (杭州路).
"""

import re
from dataclasses import dataclass

from evenhand.sheets.regions.atlas import Atlas, Name, Option
from evenhand.sheets.regions.characters import plain
from evenhand.sheets.regions.divisions import Level
from evenhand.sheets.regions.names import RANK
from evenhand.sheets.regions.reading import NOTHING, Reading

_FILLERS = re.compile(
    r"(?:市辖区|市辖县|(?:省|自治区)?直辖县级行政(?:区划|单位)|(?:省|自治区)直辖(?:县级市|县)?|[^\w]|_)+"
)
_LEADING = re.compile(
    r"(?:\W|_|中华人民共和国|中国大陆|中国|(?:公司|单位|联系|收货|注册|详细|办公|通讯)?地址|所在地区?|地区[:：])+"
)
_BEFORE_A_PLACE = frozenset("在位于住是来自到往驻址:：")
_STREET = re.compile(r"(?:[东西南北中]?[一二三四五六七八九十]?(?:路|街|道|巷|弄)|大街|大道|胡同)")
_NO_DISTRICT = re.compile(
    r"[东西南北中]?[一二三四五六七八九十]?(?:路|街|道|巷|弄)|大街|大道|胡同|门|桥|湖|山|寺|河|江|站|广场|公园|文化|"
    r"大厦|大楼|大学|学院|中学|小学|医院|银行|新村|新城|花园|国际|宾馆|酒店|里|庄|村|镇|乡|屯|店|楼|码头|商"
)
_DISTRICT = re.compile(r"[\u3400-\u9fff]{1,14}?(?:区|县|市|旗)")


def read_chinese(text: str, atlas: Atlas) -> Reading:
    """What the text says; NOTHING where it names no place."""
    text = plain(text)
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    whole = text[start:].strip()
    if len(whole) == 1 and (name := atlas.names.get(whole)):
        return Reading(name.options, name.options)  # 浙, 沪: alone in a field only
    first = _Mention.at(text, start, atlas)
    if first is None:
        first = _later(text, start + 1, atlas)
    return _Chain(text, atlas, first).reading() if first is not None else NOTHING


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place name in a text: where it ends, and what it may mean."""

    options: tuple[Option, ...]
    end: int
    is_full: bool
    re_ranked: str = ""
    is_clear: bool = True  # nothing that follows makes it look like part of another name

    @classmethod
    def at(cls, text: str, position: int, atlas: Atlas) -> "_Mention | None":
        found = atlas.longest_at(text, position)
        if not found:
            return None
        name, end = atlas.names[found], position + len(found)
        if name.is_full:
            return cls(name.options, end, True)
        if (rank := RANK.match(text, end)) and not _STREET.match(text, rank.end()):
            ranked = tuple(o for o in name.options if atlas.level(o.code) is not Level.PROVINCE)
            if ranked and not text.startswith("区划", end):
                return cls(ranked, rank.end(), True, re_ranked=text[position : rank.end()])
        if _STREET.match(text, end) and not _goes_on(text, end, name, atlas):
            return None
        is_clear = end == len(text) or not _NO_DISTRICT.match(text, end)
        return cls(name.options, end, False, is_clear=is_clear)


def _goes_on(text: str, end: int, name: Name, atlas: Atlas) -> bool:
    """Whether what looks like a street is a district of the place: 唐山路南 is 唐山 and 路南."""
    follows = atlas.names.get(atlas.longest_at(text, end))
    return follows is not None and bool(atlas.combine(name.options, follows.options))


def _later(text: str, start: int, atlas: Atlas) -> _Mention | None:
    """The first full name further on, or a short one after a word such as 在."""
    for position in range(start, len(text) - 1):
        found = _Mention.at(text, position, atlas)
        if found is not None:
            said = text[position - 1] in _BEFORE_A_PLACE
            # 南区 in 销售南区 is no district of Hong Kong.
            is_telling = found.is_full and not found.re_ranked and found.end - position > 2
            if said or is_telling:
                return found
    return None


class _Chain:
    """Follows the names of a text from a first one on."""

    def __init__(self, text: str, atlas: Atlas, first: _Mention) -> None:
        self.text, self.atlas = text, atlas
        self.options = self.sure = first.options
        self.beside: tuple[Option, ...] = ()
        self.re_ranked = first.re_ranked
        self.is_short = not first.is_full
        self.end = first.end

    def reading(self) -> Reading:
        while self._step():
            pass
        if not self.beside:
            self._look_for_a_district()
        return Reading(self.options, self.sure, self.beside, self.re_ranked, self.is_short)

    def _step(self) -> bool:
        """Whether one more name follows and fits."""
        filler = _FILLERS.match(self.text, self.end)
        position = filler.end() if filler else self.end
        found = self._shared_character(position) or _Mention.at(self.text, position, self.atlas)
        if found is None:
            return False
        both = self.atlas.combine(self.options, found.options)
        if not both:
            return self._part_fits(position) or self._note_beside(found, position)
        if not found.is_full and not found.is_clear and self._is_district(both):
            # 杭州西湖文化广场 need not lie in 西湖区.
            self.options = both
            return False
        self.options = self.sure = both
        self.end = found.end
        self.is_short = self.is_short and not found.is_full
        if found.re_ranked:
            self.re_ranked = found.re_ranked
        return True

    def _shared_character(self, position: int) -> _Mention | None:
        """A district that shares a 市 with its city: 青岛市南区 is 青岛 and 市南区."""
        if self.text[position - 1] != "市":
            return None
        found = _Mention.at(self.text, position - 1, self.atlas)
        if found is None or found.re_ranked or not (found.is_full or found.end == len(self.text)):
            return None
        return found if self.atlas.combine(self.options, found.options) else None

    def _is_district(self, options: tuple[Option, ...]) -> bool:
        return all(self.atlas.level(option.code) is Level.COUNTY for option in options)

    def _part_fits(self, position: int) -> bool:
        """Whether a shorter name at this place fits: 南 of 南山南路 does not hide 南山."""
        longest = self.atlas.longest_at(self.text, position)
        for length in range(len(longest) - 1, 1, -1):
            name = self.atlas.names.get(self.text[position : position + length])
            both = self.atlas.combine(self.options, name.options) if name else ()
            if name and both and name.is_full:
                self.options = self.sure = both
                self.end = position + length
                return True
        return False

    def _note_beside(self, found: _Mention, position: int) -> bool:
        """Another place by its full name, or one that stands apart (北京、上海), contradicts."""
        can_tell = any(self.atlas.has_parts(option.code) for option in self.options)
        is_apart = position > self.end and not self.text[found.end : found.end + 1].isalnum()
        if (found.is_full or is_apart) and not found.re_ranked and can_tell:
            self.beside = found.options
        return False

    def _look_for_a_district(self) -> None:
        """A district of the city named further on, by its full name: …文一西路969号余杭区."""
        if len(self.options) != 1 or self.atlas.level(self.options[0].code) is Level.COUNTY:
            return
        seen: dict[str, tuple[Option, ...]] = {}
        for position in range(self.end, len(self.text) - 1):
            found = self.atlas.longest_at(self.text, position)
            if found and (name := self.atlas.names[found]).is_full and _DISTRICT.fullmatch(found):
                both = self.atlas.combine(self.options, name.options)
                if both and both != self.options:
                    seen[found] = both
        if len(seen) == 1:
            self.options = next(iter(seen.values()))
