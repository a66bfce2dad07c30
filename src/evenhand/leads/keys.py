"""Normalized keys: the same phone, mail address or company written differently is the same.

Every key is its own key (`f(f(x)) == f(x)`), so that stored rows can be normalized again. What
cannot identify anybody (masked, invented, unreadable) has the key "".
"""

import re

from evenhand.sheets.values.emails import parse_email
from evenhand.sheets.values.phones import parse_phone
from evenhand.sheets.values.simplified import simplified
from evenhand.sheets.values.text import BLANKS, folded

_LONGEST_PHONE, _LONGEST_EMAIL, _LONGEST_NAME = 24, 254, 200
_MOST_DIGITS = 15  # with the country's code (ITU-T E.164)

# Calling codes of countries in which numbers may be written without one; China's stay bare.
CALLING_CODES = {
    "AE": "971", "AR": "54", "AT": "43", "AU": "61", "BE": "32", "BR": "55", "CA": "1",
    "CH": "41", "CL": "56", "CO": "57", "CZ": "420", "DE": "49", "DK": "45", "EG": "20",
    "ES": "34", "FI": "358", "FR": "33", "GB": "44", "GR": "30", "HK": "852", "HU": "36",
    "ID": "62", "IE": "353", "IL": "972", "IN": "91", "IT": "39", "JP": "81", "KR": "82",
    "MO": "853", "MX": "52", "MY": "60", "NL": "31", "NO": "47", "NZ": "64", "PH": "63",
    "PL": "48", "PT": "351", "RO": "40", "RU": "7", "SA": "966", "SE": "46", "SG": "65",
    "TH": "66", "TR": "90", "TW": "886", "UA": "380", "US": "1", "VN": "84", "ZA": "27",
}  # fmt: skip
# Italy dials the zero from abroad too.
_KEEPS_ZERO = frozenset({"IT"})

FREE_MAIL = frozenset(
    "qq.com foxmail.com 163.com 126.com yeah.net 188.com 139.com 189.cn 189.com wo.cn wo.com.cn "
    "sina.com sina.cn sina.com.cn sohu.com tom.com 21cn.com 263.net aliyun.com hinet.net "
    "pchome.com.tw seed.net.tw netvigator.com gmail.com googlemail.com icloud.com me.com mac.com "
    "msn.com aol.com mail.com gmx.com gmx.de gmx.net web.de t-online.de freenet.de orange.fr "
    "free.fr laposte.net libero.it mail.ru yandex.ru yandex.com rambler.ru naver.com daum.net "
    "hanmail.net proton.me protonmail.com zoho.com fastmail.com tutanota.com rediffmail.com "
    "uol.com.br bol.com.br comcast.net verizon.net example.com".split()
)
# yahoo.com.tw, hotmail.fr and the like.
_FREE_FAMILIES = ("yahoo.", "ymail.", "hotmail.", "outlook.", "live.")

_CHINESE_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|公司|股份公司)$")
_FORM_WORDS = frozenset(
    "co company ltd limited inc incorporated corp llc llp plc gmbh ag kg sa sas sarl srl spa bv nv "
    "ab as oy aps pte pty pvt sdn bhd kk".split()
)
_BREAKS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[^0-9]+")


def phone_key(text: str, country: str = "CN") -> str:
    """A phone number as digits: Chinese ones bare, others as + and country code; "" = unusable.

    `country` is where a number without a code belongs.
    """
    key = parse_phone(text.replace("\x00", ""))
    if not isinstance(key, str):
        return ""
    if country != "CN" and country in CALLING_CODES and not key.startswith("+"):
        digits, mark, extension = key.partition("x")
        given = _DIGITS.sub("", folded(text)).removeprefix("00")
        if given.startswith("86") and len(given) > 11:
            key = f"+86{digits.removeprefix('0')}{mark}{extension}"  # written with China's code
        else:
            code = CALLING_CODES[country]
            is_complete = code == "1" and len(digits) == 11 and digits[0] == "1"
            national = digits if country in _KEEPS_ZERO else digits.removeprefix("0")
            whole = f"{'' if is_complete else code}{national}"
            if len(whole) > _MOST_DIGITS:
                return ""
            key = f"+{whole}{mark}{extension}"
    return key if len(key) <= _LONGEST_PHONE else ""


def email_key(text: str) -> str:
    """A mail address in lower case without its dress; "" = none or unusable."""
    key = parse_email(text.replace("\x00", ""))
    return key if isinstance(key, str) and len(key) <= _LONGEST_EMAIL else ""


def company_key(text: str) -> str:
    """A firm's name without width, case, brackets, spaces, signs and its legal form at the end.

    Careful on purpose: what stands in brackets stays ("(深圳)" is another firm), and so do 集团,
    厂, 中心. A name that is nothing but a legal form keeps it.
    """
    if text.strip() in BLANKS:
        return ""
    key = text
    while (shorter := _company_once(key)) != key:
        key = shorter
    return key


def domain_of(email: str) -> str:
    """The domain of a firm's mail address; "" for free mail providers."""
    domain = email_key(email).rpartition("@")[2]
    labels = domain.split(".")
    tails = {".".join(labels[start:]) for start in range(len(labels))}
    if not FREE_MAIL.isdisjoint(tails) or any(
        tail.startswith(_FREE_FAMILIES) for tail in tails if tail.count(".") <= 2
    ):
        return ""
    return domain if len(domain) <= 120 else ""


def search_term(text: str) -> str:
    """A text as search compares it: narrow, lower case, single spaces."""
    key = text.replace("\x00", "")
    while (next_key := " ".join(folded(key).lower().split())) != key:
        key = next_key
    return key


def search_text(name: str, company: str, phone: str, email: str, external_id: str = "") -> str:
    """What search looks into, for `Lead.search`: a line per field that says something.

    Every line has a break before it, so that a break and a character find how a field begins.
    """
    number = phone_key(phone) or _DIGITS.sub("", folded(phone))
    lines = (search_term(name), search_term(company), number, search_term(email))
    return "".join(f"\n{line}" for line in (*lines, search_term(external_id)) if line)


def _company_once(text: str) -> str:
    words = _BREAKS.sub(" ", folded(simplified(text)).casefold()).split()
    while len(words) > 1 and words[-1] in _FORM_WORDS:
        words.pop()
    key = "".join(words)[:_LONGEST_NAME]
    bare = _CHINESE_FORM.sub("", key)
    return bare if len(bare) >= 2 else key
