"""Two hundred texts that are meant to come alive somewhere: in a page, a mail, a spreadsheet.

Whatever of them becomes an element, an attribute or an address of a page has `zq` in its name.
"""

_MARKUP = (
    "<zq>", "</td><zq>", "\"><zq>", "'><zq>", "--><zq>", "]]><zq>", "</title><zq>", "</a><zq>",
    "</textarea><zq>", "</script><zq>", "</style><zq>", "</option></select><zq>", "<zq/a=1>",
    "<zq\n>", "<zq\t>", "<<zq>", "<zq<zq>", "&lt;zq><zq>", "<!--><zq>", "<?zq><zq>",
    "<img zq=1>", "<img src=x onzq=1>", "<svg/onzq=1>", "<svg><zq>", "<math><zq>", "<a zq>b</a>",
    "<iframe zq>", "<style zq>", "<script zq>", "<input zq autofocus>", "<form zq>", "<base zq>",
    "<meta zq>", "<link zq>", "<object zq>", "<embed zq>", "<details zq open>", "<video zq>",
    "<b zq=", "<img src=\"x` `zq=1\"` `>", "<body zq>", "<table zq>", "<template><zq>",
)  # fmt: skip
_ATTRIBUTES = (
    '" zq=1 x="', "' zq=1 x='", "` zq=1 x=`", '" onzq="a', "' onzq='a", '"/zq="', "x zq=1",
    '" autofocus onzq=1 "', '"\nzq=1\n"', '"\tzq=1\t"', "\\\" zq=1 \\\"", '&quot; zq=1 &quot;',
    "' zq='1", '" hx-zq="/x" "', '" data-zq="1" "', '" style="zq:1" zq="',
)  # fmt: skip
_ADDRESSES = (
    "javascript:zq", "JaVaScRiPt:zq", "java\tscript:zq", "java\nscript:zq", " javascript:zq",
    "\x01javascript:zq", "javascript&colon;zq", "data:text/html,zq", "vbscript:zq",
    "//zq.example", "https://zq.example", "\\\\zq.example", "javascript://%0azq",
)  # fmt: skip
_TEMPLATES = (
    "{{7*191}}zq", "{% zq %}", "{{ zq }}", "{{request}}zq", "${7*191}zq", "#{7*191}zq",
    "<%= 7*191 %>zq", "{{'zq'|safe}}", "{% autoescape off %}<zq>", "%(zq)s", "{zq}", "{0}zq",
    "{ $zq }", "{{{zq}}}", "[[${7*191}]]zq", "@(7*191)zq", "%s%s%n zq", "$(zq)", "`zq`",
)  # fmt: skip
_FORMULAS = (
    "=1+1", "+1+1+cmd", "-1+1+cmd", "@SUM(1+1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
    "\n=1+1", " =1+1", "\u00a0=1+1", "\u3000＝1+1", "\ufeff=1+1", "＝1+1", "＋1+a", "－1+a", "＠a",
    '=HYPERLINK("http://zq.example","a")', '=IMPORTXML("http://zq.example","//a")', "=DDE(a;b)",
    "=WEBSERVICE(A1)", "+86 138 0000 0000 ext", "-2+3", "@zq", "=\"a\"&B1", "'=1+1", "=",
    ';=1+1', ',=1+1', '",=1+1', "\"=1+1\"", "\v=1+1", "\f=1+1", "=1+1\n=2+2",
)  # fmt: skip
_LETTERS = (
    "\u202eevil", "\u2066a\u2069", "\u200eמה", "\u200fأهلا", "مرحبا بالعالم", "שלום",
    "a\u0300\u0301" * 8,
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "🧨", "👨\u200d👩\u200d👧", "🏳️\u200d🌈", "𠮷野家", "𝔘𝔫𝔦", "ﷺ", "ﬀ", "İstanbul", "ıI", "ß",
    "\u00ad", "a\u00adb", "\ufeff", "a\ufeff", "\u2028", "a\u2029b", "\u0085", "\u200b", "a\u200bb",
    "\x01", "\x08", "\x0b", "\x1b[2J", "\x7f", "\ufffd", "\ufffe", "\U000e0001", "\u3000", "\u3164",
    "\u115f", "ａｂｃ", "１２３", "①", "王\u3000芳", "歐陽", "Ⅷ", "½", "٣", "\u0e33" * 6, "a\u20dd",
    "𒐫", "﷽" * 3,
)  # fmt: skip
_OTHERS = (
    "' OR 1=1 --", "'; DROP TABLE lead; --", "%", "_", "%_%", "\\", "\\\\", "\\n",
    "../../etc/passwd", "..\\..\\", "a\r\nBcc: zq@x.example", "a\nSubject: zq", "null", "None",
    "%0d%0aSet-Cookie: zq=1", "undefined", "NaN", "true", "0", "-1", "1e999", "1/0", "Infinity",
    "[]", "{}", '""', "''", '"', "'", "<", ">", "&", "&amp;", "&#60;zq&#62;", "\\u003czq\\u003e",
    "%3Czq%3E", "a" * 60, "汉" * 60, ".", "-", "~",
)  # fmt: skip
HOSTILE = tuple(
    dict.fromkeys(
        (*_MARKUP, *_ATTRIBUTES, *_ADDRESSES, *_TEMPLATES, *_FORMULAS, *_LETTERS, *_OTHERS)
    )
)
