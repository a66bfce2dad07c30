"""Weighing the evidence: `Resolver.resolve` says where a lead is, and why."""

from functools import lru_cache

from evenhand.sheets.regions import abroad
from evenhand.sheets.regions.atlas import Atlas, Option
from evenhand.sheets.regions.chinese import read_chinese
from evenhand.sheets.regions.divisions import DivisionList
from evenhand.sheets.regions.hints import Hints, Resolution, phone_key
from evenhand.sheets.regions.latin import LatinNames, read_latin
from evenhand.sheets.regions.overseas import by_foreign_phone, resolve_abroad, resolve_american
from evenhand.sheets.regions.phones import PhonePlace, area_codes, place_of
from evenhand.sheets.regions.postcodes import codes_of_postcode, postcode_in
from evenhand.sheets.regions.reading import NOTHING, Reading
from evenhand.sheets.regions.settle import settle
from evenhand.sheets.regions.weighing import Weighing

# Countries of the phone book and of forms whose regions are provinces in our list.
_PROVINCE_OF_COUNTRY = {"TW": "710000", "HK": "810000", "MO": "820000"}
_WRITTEN = ("province", "city", "county", "region", "address")
_FILLERS = frozenset("市辖区 县 市辖县 其他 其它 不限 全国 未知 中国".split())


class Resolver:
    """Resolves regions by one list of divisions; make one and keep it."""

    def __init__(self, listed: DivisionList) -> None:
        self.atlas = Atlas(listed)
        self._latin: LatinNames | None = None
        # Fields repeat: a list of a million leads knows a few hundred cities.
        self.read = lru_cache(maxsize=8_192)(self._read)
        self._places: dict[str, tuple[Option, ...]] = {}  # of the phone table: some 400

    def resolve(self, hints: Hints) -> Resolution:
        """Where the lead is, by all that it says."""
        phone = place_of(phone_key(hints.phone)) if hints.phone else None
        return self.resolve_with(hints, phone)

    def resolve_with(self, hints: Hints, phone: PhonePlace | None) -> Resolution:
        """The same for a phone whose place was looked up before; that of the hints is not read."""
        country = abroad.country_of(hints.country)
        if country and country != "CN" and country not in _PROVINCE_OF_COUNTRY:
            return resolve_abroad(hints, country, self._in_china(hints))
        weighing = Weighing(self.atlas)
        if country in _PROVINCE_OF_COUNTRY:
            option = Option(_PROVINCE_OF_COUNTRY[country])
            weighing.hear("country", hints.country, Reading((option,), (option,)))
        for name in _WRITTEN:
            written = str(getattr(hints, name)).strip()
            if written and written not in _FILLERS:
                weighing.hear(name, written, self.read(written))
        is_open = not weighing.options and not weighing.clash and not country
        if is_open and (american := resolve_american(hints)):
            return american
        if phone is not None:
            if phone.country not in {"CN", *_PROVINCE_OF_COUNTRY}:
                if is_open:
                    return by_foreign_phone(phone)
            else:
                weighing.count("phone", phone.prefix, self._phone_options(phone))
        self._count_postcode(hints, weighing)
        return weighing.resolution()

    def _read(self, text: str) -> Reading:
        """What one text says, in Chinese or in Latin letters."""
        found = NOTHING if text.isascii() else read_chinese(text, self.atlas)
        if found.options or not any(c.isalpha() for c in text if c < "\u0250"):
            return found
        if self._latin is None:
            self._latin = LatinNames(self.atlas)
        return read_latin(text, self._latin, self.atlas)

    def _in_china(self, hints: Hints) -> tuple[str, str]:
        """A field that names a place in China in full, in Chinese, and that place."""
        for name in _WRITTEN:
            written = str(getattr(hints, name))
            said = NOTHING if written.isascii() else read_chinese(written, self.atlas)
            if said.options and not said.is_short:
                return name, self.atlas.path(settle(said.options, self.atlas).code)
        return "", ""

    def _phone_options(self, phone: PhonePlace) -> tuple[Option, ...]:
        if phone.country in _PROVINCE_OF_COUNTRY:
            return (Option(_PROVINCE_OF_COUNTRY[phone.country]),)
        if codes := area_codes().get(phone.prefix):
            return tuple(Option(code) for code in codes if code in self.atlas.divisions)
        if phone.place not in self._places:
            self._places[phone.place] = self._named_by_table(phone.place)
        return self._places[phone.place]

    def _named_by_table(self, place: str) -> tuple[Option, ...]:
        """What the phone table means: 海南省海口市、三亚市."""
        province, *cities = place.split("、")
        options = read_chinese(province, self.atlas).options
        for city in cities:
            options += read_chinese(city, self.atlas).options
        if len(options) == 1:
            return options
        # A city of old that was parted: today its numbers are anywhere in it.
        return tuple(Option(option.code) for option in options)

    def _count_postcode(self, hints: Hints, weighing: "Weighing") -> None:
        postcode = hints.postcode or postcode_in(hints.address)
        codes = codes_of_postcode(postcode)
        name = "postcode" if hints.postcode else "address"
        weighing.count(
            name, postcode[:4], tuple(Option(c) for c in codes if c in self.atlas.divisions)
        )
