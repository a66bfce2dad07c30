"""What people call a division: its full name, its stem, and the rank that they leave out."""

import re

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|"
    "景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|普米|鄂温克|保安|裕固|独龙|各"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族?)*自治(?P<rank>[区州县旗])")
_RANKED = re.compile(
    r"(?P<stem>.{2,}?)(?:特别行政区|行政委员会|群岛|地区|林区|特区|新区|[省市区县旗盟])"
)

# A rank after a stem, where the division had another rank once: 富阳市, which is 富阳区 today.
RANK = re.compile(r"地区|[市县区旗盟州]")


def stem(name: str) -> str:
    """The name without its rank and peoples: 延边朝鲜族自治州 → 延边, 赵县 → 赵县."""
    if found := _AUTONOMOUS.fullmatch(name):
        bare = found["stem"]
        return bare.removesuffix("族") if len(bare) > 2 else bare
    found = _RANKED.fullmatch(name)
    return found["stem"] if found else name


def short_forms(name: str) -> frozenset[str]:
    """What else a division is called in writing, the full name not among them."""
    bare = stem(name)
    forms = {bare}
    if found := _AUTONOMOUS.fullmatch(name):
        forms |= {bare + found["rank"], f"{bare}自治{found['rank']}"}
    return frozenset(forms - {name})
