"""XML from outside: parsed without entities, mended where that is safe, and handed to what knows its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.model import Capture, Document, Problem
from corpus.read.assembly import Draft, finish
from corpus.read.files import problem
from corpus.record_reading import RecordError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARATION = re.compile(r"\s{0,200}<\?xml[^>]{0,300}\?>")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_TAG = re.compile(r"<[A-Za-z][^<>]{0,4000}>")
_UNQUOTED = re.compile(r"(\s[\w:.-]{1,60})=([^\s\"'<>=]{1,200}?)(?=\s|/?>)")
_NAMED = re.compile(r"&(?!#|amp;|lt;|gt;|quot;|apos;)([A-Za-z][A-Za-z0-9]{1,30});")
_OF_WORDPRESS = re.compile(r"<(?:[\w.-]{1,40}:)?(?:post_type|comment_content|wxr_version)[\s/>]")
_PIECE = 1 << 16
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)}


def read_xml(text: str, capture: Capture) -> Iterator[Document | Problem]:
    """Read a feed, or an export of WordPress or Disqus.

    Args:
        text: the capture as decoded.
        capture: its facts.
    """
    from dataclasses import replace

    try:
        body, mended = _sound(text)
        kind, drafts = _reader(body)
    except RecordError as error:
        yield problem(capture.path, str(error), capture.member)
        return
    for number, draft in enumerate(drafts, 1):
        if isinstance(draft, str):
            yield problem(capture.path, draft, f"entry {number}")
            continue
        draft.problems += mended
        member = str(draft.facts.pop("_member", "") or f"entry {number}")
        yield finish(draft, replace(capture, format=kind, member=member))


def _reader(body: str) -> tuple[str, Iterator[Draft | str]]:
    tag = _TAG.search(body)
    name = re.split(r"[\s/>]", tag[0][1:], maxsplit=1)[0].rpartition(":")[2] if tag else ""
    if name == "disqus":
        from corpus.read.disqus import read_disqus

        return "Disqus export", read_disqus(parts(body))
    if name in ("rss", "RDF", "feed"):
        if _OF_WORDPRESS.search(body):
            from corpus.read.wxr import read_wxr

            return "WordPress export", read_wxr(parts(body))
        from corpus.read.feeds import read_feed

        return "feed", read_feed(_tree(body))
    raise RecordError("it is XML of a kind that is not read: no feed, and no export of WordPress or Disqus")


def parse_xml(text: str) -> tuple[Element, list[str]]:
    """Return the root of XML text, and sentences on what had to be mended.

    Raises RecordError, whose message is for the user.
    """
    body, mended = _sound(text)
    return _tree(body), mended


def _tree(body: str) -> Element:
    from defusedxml import ElementTree

    found: Element = ElementTree.fromstring(body)
    return found


def parts(body: str) -> Iterator[Element]:
    """Yield what stands in the root, or in the channel in it, one part after the other; none is kept.

    Args:
        body: XML that is known to be sound.
    """
    from xml.etree.ElementTree import XMLPullParser

    parser: Any = XMLPullParser(("start", "end"))
    above: list[Element] = []
    for at in range(0, len(body), _PIECE):
        parser.feed(body[at : at + _PIECE])
        for event, node in parser.read_events():
            if event == "start":
                above.append(node)
                continue
            above.pop()
            if len(above) in (1, 2) and local(above[-1]) in ("channel", "disqus"):
                yield node
                above[-1].remove(node)


def _sound(text: str) -> tuple[str, list[str]]:
    """Return XML that can be parsed, and sentences on what had to be mended. Raises RecordError."""
    body = text if text.startswith("<") else text.lstrip()
    wrong = _fault(body)
    if wrong is None:
        return body, []
    mended = _mended(text)
    if _fault(mended) is not None:
        raise RecordError(f"it is not valid XML at line {wrong[0]}, column {wrong[1] + 1}")
    return mended, ["the XML is not well formed and was mended"]


def _fault(body: str) -> tuple[int, int] | None:
    """Return the line and the column where XML is not well formed. Raises RecordError where it defines entities."""
    from xml.parsers.expat import ExpatError, ParserCreate

    defined: list[object] = []
    # names of spaces are looked at too, as they will be when it is read
    parser = ParserCreate(namespace_separator="}")
    parser.EntityDeclHandler = lambda *facts: defined.append(facts)
    try:
        for at in range(0, len(body), _PIECE):
            parser.Parse(body[at : at + _PIECE], False)
            if defined:
                break
        else:
            parser.Parse("", True)
    except (ExpatError, ValueError) as error:
        if not defined:
            return getattr(error, "lineno", 0), getattr(error, "offset", 0)
    if defined:
        raise RecordError("it defines entities of its own, which can fill the memory, and was not read")
    return None


def _mended(text: str) -> str:
    """Return XML whose usual faults are put right: junk before it, control signs, bare attributes, HTML's entities."""
    from html import unescape

    start = text.find("<")
    text = text[max(start, 0) :].translate(_CONTROLS)
    declared = _DECLARATION.match(text)
    text = text[declared.end() :] if declared else text
    text = _REFERENCE.sub(_reference, text)
    text = _NAMED.sub(lambda found: unescape(found[0]) if unescape(found[0]) != found[0] else f"&amp;{found[1]};", text)
    return _TAG.sub(lambda tag: _UNQUOTED.sub(r'\1="\2"', tag[0]), text).strip()


def _reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if code < 32 and code not in (9, 10, 13):
        return chr(0x2400 + code)
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF) else found[0]


def local(node: Element) -> str:
    """Return a node's name without its namespace, whose address varies from version to version."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Element, *names: str) -> Element | None:
    """Return the first child of any of these names, in the order of the names."""
    for name in names:
        found = next((item for item in node if local(item) == name), None)
        if found is not None:
            return found
    return None


def words(node: Element, *names: str) -> str:
    """Return the text of the first child of these names that has any; empty where none does."""
    for name in names:
        for item in node:
            if local(item) == name and (text := "".join(item.itertext()).strip()):
                return text
    return ""
