"""ConvoKit: the utterances of a corpus, one a line."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.model import Votes
from corpus.read.assembly import Draft, Found, plain_paragraphs
from corpus.read.fields import moment
from corpus.read.jsonlines import Group, places
from corpus.text import canonical_line, canonical_paragraphs

Item = Mapping[str, Any]


def is_utterance(item: Item) -> bool:
    """Tell whether a line is an utterance; older corpora name the speaker `user` and the conversation `root`."""
    return (
        "text" in item
        and ("speaker" in item or "user" in item)
        and ("conversation_id" in item or "root" in item)
        and "id" in item
    )


def group(items: Iterable[tuple[int, Item]]) -> Iterator[Group]:
    """Put the utterances of every conversation together."""
    conversations: dict[str, array[int]] = {}
    for place, item in items:
        name = item.get("conversation_id") or item.get("root") or item.get("id")
        conversations.setdefault(str(name), places()).append(place)
    yield from conversations.items()


def draft(name: str, items: list[Item]) -> Draft:
    """Make the document of a conversation, whose first utterance is the article."""
    first = next((item for item in items if str(item.get("id")) == name), None)
    return _draft(name, first, [item for item in items if item is not first])


def _draft(name: str, first: Item | None, rest: list[Item]) -> Draft:
    meta = first.get("meta") if first else None
    title = meta.get("title") if isinstance(meta, dict) else None
    draft = Draft(canonical_line(str(title or f"Conversation {name}"), 400))
    draft.facts = {"_member": f"conversation {name}"}
    if first is None:
        draft.problems.append("the first utterance of the conversation is not in this capture")
    else:
        draft.paragraphs = plain_paragraphs(str(first.get("text") or ""))
        author, posted, raw = _who(first), _when(first), first.get("timestamp")
        draft.facts |= {
            "byline": (author,) if author else (),
            "published": posted,
            "published_raw": str(raw) if raw else None,
        }
        draft.facts["published_evidence"] = 'field "timestamp" of the first utterance' if posted else None
    draft.comments = [_comment(item, name) for item in rest]
    return draft


def _comment(item: Item, root: str) -> Found:
    answered = item.get("reply_to", item.get("reply-to"))
    meta = item.get("meta")
    score = meta.get("score") if isinstance(meta, dict) else None
    stamp = item.get("timestamp")
    return Found(
        canonical_paragraphs(str(item.get("text") or "")),
        _who(item),
        canonical_line(str(item["id"]), 100),
        canonical_line(str(answered), 100) if answered and str(answered) != root else None,
        posted=_when(item),
        words=str(stamp) if stamp is not None else None,
        votes=Votes(score=score) if isinstance(score, int) and not isinstance(score, bool) else None,
    )


def _who(item: Item) -> str | None:
    speaker = item.get("speaker", item.get("user"))
    if isinstance(speaker, dict):
        speaker = speaker.get("id")
    name = canonical_line(str(speaker or ""))
    return name if name and name != "[deleted]" else None


def _when(item: Item) -> str | None:
    stamp = item.get("timestamp")
    if isinstance(stamp, str) and stamp.replace(".", "", 1).isdigit() and len(stamp) < 20:
        stamp = float(stamp)
    return moment(stamp)
