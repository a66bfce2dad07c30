"""What people call a Chinese division: its full name, or its stem without the rank.

Rules and people say 浙江 and 杭州 as often as 浙江省 and 杭州市; both mean the same. A name that
has its rank is never taken for one of another rank: 吉林市 is not 吉林省.
"""

import re

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|"
    "景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|普米|鄂温克|保安|裕固|独龙|各"
)
AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族?)*自治(?P<rank>[区州县旗])")
_RANKED = re.compile(
    r"(?P<stem>.{2,}?)(?:特别行政区|行政委员会|群岛|地区|林区|特区|新区|[省市区县旗盟])"
)


def stem(name: str) -> str:
    """The name without its rank and peoples: 延边朝鲜族自治州 → 延边, 赵县 → 赵县."""
    if found := AUTONOMOUS.fullmatch(name):
        bare = found["stem"]
        return bare.removesuffix("族") if len(bare) > 2 else bare
    found = _RANKED.fullmatch(name)
    return found["stem"] if found else name
