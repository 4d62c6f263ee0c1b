"""From what the user wants to correct, and how far it shall reach, to judgements, and what they would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from corpus.entities.card import Subject
from corpus.entities.corrections import Corrections, Judgement
from corpus.entities.gazetteer import Gazetteer
from corpus.model import Mention
from corpus.record_writing import span_to_record
from corpus.text import fold

Op = Literal["merge", "split", "rename", "retype", "ignore", "link", "unlink"]
Scope = Literal["mention", "document", "everywhere"]
SCOPES: tuple[Scope, ...] = ("mention", "document", "everywhere")


class Wish(NamedTuple):
    """A correction that is wanted.

    `spelling` narrows it to these words; `mention` is the one that scope "mention" means, and tells the document;
    `target` is the id of another entity (merge, link, split), a name (rename) or a type (retype). For a target that
    is to be made, `target` is its new id and `new_name` its name.
    """

    op: Op
    subject: Subject
    mention: Mention | None = None
    document: str | None = None
    spelling: str = ""
    target: str = ""
    new_name: str = ""


def scopes(wish: Wish) -> tuple[Scope, ...]:
    """Return how far a correction can reach; an entity's own name and type are the same everywhere."""
    known = wish.subject.id is not None
    if (wish.op in ("rename", "retype") and known) or (wish.op == "split" and not wish.spelling):
        return ("everywhere",)
    possible = {"mention": wish.mention is not None, "document": wish.document is not None, "everywhere": True}
    return tuple(scope for scope in SCOPES if possible[scope])


def judgements(wish: Wish, scope: Scope) -> list[Judgement]:
    """Return the judgements that a wish comes to at a scope."""
    subject, target = wish.subject, wish.target
    if wish.op == "rename" and subject.id:
        return [{"op": "rename", "id": subject.id, "name": target}]
    if wish.op == "split" and not wish.spelling:
        return [{"op": "split", "a": subject.id, "b": target}]
    if wish.op == "merge" and subject.id and scope != "mention" and not wish.spelling:
        pair = {"op": "merge", "a": target, "b": subject.id}
        return [pair | ({"document": wish.document} if scope == "document" else {})]
    places = _places(wish, scope)
    if wish.op in ("ignore", "unlink"):
        return [{"op": wish.op, **place} for place in places]
    if wish.op == "retype":
        return [{"op": "retype", **place, "type": target} for place in places]
    made: list[Judgement] = [{"op": "link", **place, "to": target} for place in places]
    if wish.new_name:
        made.append({"op": "rename", "id": target, "name": wish.new_name})
        made.append({"op": "retype", "id": target, "type": subject.type})
    return made


def _places(wish: Wish, scope: Scope) -> list[Mapping[str, Any]]:
    """Return what the judgements are about, as `corrections` reads it."""
    if scope == "mention" and wish.mention is not None:
        return [{"span": span_to_record(wish.mention.span), "surface": wish.mention.surface}]
    where: dict[str, Any] = {"document": wish.document} if scope == "document" else {}
    if wish.spelling:
        return [{"surface": wish.spelling, **where}]
    if wish.subject.id is not None:
        return [{"id": wish.subject.id, **where}]
    return [{"surface": surface, **where} for surface in sorted(wish.subject.surfaces)]


def new_id(name: str, taken: Iterable[str]) -> str:
    """Return an id for an entity that the user makes, unlike those in use and those of the gazetteer."""
    slug = re.sub(r"[^0-9a-z가-힣]+", "-", fold(name).text).strip("-")[:60] or "name"
    used, found, number = set(taken), f"own-{slug}", 1
    while found in used:
        number += 1
        found = f"own-{slug}-{number}"
    return found


class Change(NamedTuple):
    """A mention whose entity, name or type would be another: in words before and after ("" for dropped)."""

    mention: Mention
    before: str
    after: str


def changes(
    mentions: Sequence[Mention], now: tuple[Corrections, Gazetteer], then: tuple[Corrections, Gazetteer]
) -> list[Change]:
    """Return what would change among the mentions of a document, as they were recognised.

    Args:
        mentions: before any corrections.
        now: the corrections in force and the gazetteer they give.
        then: those that would be.
    """
    found = []
    for mention in mentions:
        before, after = _said(mention, *now), _said(mention, *then)
        if before != after:
            found.append(Change(mention, before, after))
    return found


def _said(mention: Mention, corrections: Corrections, gazetteer: Gazetteer) -> str:
    kept = next(iter(corrections.apply([mention])), None)
    if kept is None:
        return ""
    row = gazetteer.rows.get(kept.entity or "")
    if row is None:
        return f"unknown name, {kept.type}"
    return f"{row.name}, {row.type}"
