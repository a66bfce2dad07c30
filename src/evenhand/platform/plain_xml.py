"""Small XML documents of strangers: in UTF-8, whatever they say, and no definitions of their own.

A definition is how a short document becomes a long one. In another encoding it would not look like
one to whoever searches the bytes, and naming an encoding would call any codec of Python's.
"""

from xml.etree import ElementTree


class UnreadableXml(Exception):
    """A document is no XML in UTF-8, or one with definitions."""


def read_plain_xml(data: bytes) -> ElementTree.Element:
    """The root of a document.

    :raises UnreadableXml: see there.
    """
    if b"\x00" in data:  # what there is of ASCII in UTF-16 and UTF-32, which a parser would notice
        raise UnreadableXml("not in UTF-8")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableXml("definitions are not read")
    try:
        return ElementTree.fromstring(data, parser=ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableXml(str(error)[:200]) from None
