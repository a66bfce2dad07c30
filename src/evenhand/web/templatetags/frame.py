"""The frame of a page: `{% same "title" %}` shows a block a second time.

`{% piece menu=menu %}…{% endpiece %}` keeps a part of a page that is the same for many, and
`{% own %}…{% endown %}` within it is what each reader has of his own (`{% own anew %}` is
rendered at each of its places in a loop, the other once for all of them).
"""

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, Engine, Template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from evenhand.wording.catalogue import Words

register = template.Library()

# Of one piece: languages times menus, or the selects of so many filters.
_KEPT = 128
# Where a reader's own part goes; neither PostgreSQL nor a form lets this character in.
_GAP = SafeString("\0")
# What a page cannot name.
_GAPS = "gaps of a piece"


@register.simple_tag(takes_context=True)
def same(context: Any, block: str) -> str:
    """What a block of the page holds, again: the title is also the heading."""
    blocks = context.render_context[BLOCK_CONTEXT_KEY]
    found = blocks.get_block(block)
    return "" if found is None else str(found.render(context)).strip()


@register.tag
def piece(parser: Parser, token: Token) -> Node:
    """A part of a page that follows from its arguments and the language alone.

    Rendered once for each of these and kept. Inside there are the arguments and nothing else: what
    belongs to a reader cannot get in but between `own` and `endown`, which is rendered each time,
    so that nobody is shown what is another one's.
    """
    _, *bits = token.split_contents()
    arguments = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"piece: {bits[0]!r} is no argument; write name=value")
    inside = parser.parse(("endpiece",))
    parser.delete_first_token()
    return _Piece(inside, arguments)


@register.tag
def own(parser: Parser, token: Token) -> Node:
    """A part of a piece that belongs to the reader: it has the names of the page, and none of the
    piece's arguments or loops. What stands in a loop is therefore the same each time and rendered
    once, but with `anew`."""
    _, *bits = token.split_contents()
    if bits not in ([], ["anew"]):
        raise template.TemplateSyntaxError(
            f"own: {' '.join(bits)!r} is nothing it knows; `anew` is"
        )
    inside = parser.parse(("endown",))
    parser.delete_first_token()
    return _Own(inside, is_anew=bool(bits))


class _Own(Node):
    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, *, is_anew: bool) -> None:
        self.inside = inside
        self.is_anew = is_anew

    def render(self, context: Any) -> SafeString:
        gaps = context.get(_GAPS)
        if gaps is None:
            return self.inside.render(context)
        gaps.append(self)
        return _GAP


class _Piece(Node):
    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, arguments: dict[str, FilterExpression]) -> None:
        self.inside = inside
        self.arguments = arguments
        self._kept = lru_cache(maxsize=_KEPT)(self._formed)

    def render(self, context: Any) -> SafeString:
        given = tuple((name, one.resolve(context)) for name, one in self.arguments.items())
        first, rest = self._kept(context.template.engine, context["words"].locale, given)
        if not rest:
            return first
        shown: dict[_Own, str] = {}
        parts: list[str] = [first]
        for gap, text in rest:
            if gap.is_anew or gap not in shown:
                shown[gap] = gap.render(context)
            parts += (shown[gap], text)
        return SafeString("".join(parts))

    def _formed(
        self, engine: Engine, locale: str, given: tuple[tuple[str, Any], ...]
    ) -> tuple[SafeString, tuple[tuple[_Own, str], ...]]:
        """The text before the first gap, and each gap with the text behind it."""
        gaps: list[_Own] = []
        known = {"words": Words(locale), "locale": locale, _GAPS: gaps, **dict(given)}
        alone = Context(known)
        with alone.bind_template(Template("", engine=engine)):
            first, *texts = self.inside.render(alone).split(_GAP)
        # An argument with the mark of a gap in it would move what is a reader's own.
        return SafeString(first), tuple(zip(gaps, texts, strict=True))
