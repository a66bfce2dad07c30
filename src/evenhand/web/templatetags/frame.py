"""The frame of a page: `{% same "title" %}` shows a block a second time.

`{% piece menu=menu %}…{% endpiece %}` keeps a part of a page that is the same for many.
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
    belongs to a reader cannot get in, so that nobody is shown what is another one's.
    """
    _, *bits = token.split_contents()
    arguments = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"piece: {bits[0]!r} is no argument; write name=value")
    inside = parser.parse(("endpiece",))
    parser.delete_first_token()
    return _Piece(inside, arguments)


class _Piece(Node):
    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, arguments: dict[str, FilterExpression]) -> None:
        self.inside = inside
        self.arguments = arguments
        self._kept = lru_cache(maxsize=_KEPT)(self._formed)

    def render(self, context: Any) -> SafeString:
        given = tuple((name, one.resolve(context)) for name, one in self.arguments.items())
        return self._kept(context.template.engine, context["words"].locale, given)

    def _formed(
        self, engine: Engine, locale: str, given: tuple[tuple[str, Any], ...]
    ) -> SafeString:
        alone = Context({"words": Words(locale), "locale": locale, **dict(given)})
        with alone.bind_template(Template("", engine=engine)):
            return self.inside.render(alone)
