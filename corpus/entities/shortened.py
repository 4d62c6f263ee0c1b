"""Short names that lean on what is around them: 'the Navy', 'the Marines', and 'The Times' after a paper of that name."""

from __future__ import annotations

import re

from corpus.entities.gazetteer import PAPERS, Gazetteer
from corpus.entities.region import Found, Region, Scope

_SERVICES = {
    "Navy": ("us-navy", "rok-navy"),
    "Army": ("us-army", "rok-army"),
    "Marines": ("us-marine-corps", "rok-marine-corps"),
    "Air Force": ("us-air-force", "rok-air-force"),
}
_SERVICE = re.compile(r"\b[Tt]he (Navy|Army|Marines|Air Force)\b(?! of\b| [A-Z])")
_PAPER = re.compile(rf"\b[Tt]he ({'|'.join(sorted(PAPERS))})\b(?! [A-Z])")
_PAPER_WORDS = {word.lower() for word in PAPERS}
_SERVICE_WORDS = {name.split()[0].lower() for name in _SERVICES}
_SOUTHERN = frozenset({"south-korea", "seoul", "jcs-rok", "ministry-of-defense-rok"})
_DEFAULT_PAPER = "new-york-times"


def find_services(region: Region, gazetteer: Gazetteer) -> None:
    """Claim 'the Navy' and its like: American unless the South, and not America, is named in the sentence."""
    if region.places.keys().isdisjoint(_SERVICE_WORDS):
        return
    for match in _SERVICE.finditer(region.text):
        american, southern = _SERVICES[match[1]]
        left, right = region.clause(*match.span())
        near = {found.entity for found in region.found if left <= found.start < right}
        entity = southern if near & _SOUTHERN and "united-states" not in near else american
        if entity in gazetteer.rows:
            rule = f"the {match[1]} of the country spoken of"
            region.add(Found(*match.span(1), "ORG", entity, rule, 0.7))


def find_papers(region: Region, scope: Scope, gazetteer: Gazetteer) -> None:
    """Claim 'The Times' as the paper of that name that was named before."""
    papers = gazetteer.papers
    for found in region.found:
        if found.entity and found.entity in papers:
            scope.papers.setdefault(papers[found.entity], found.entity)
    if region.places.keys().isdisjoint(_PAPER_WORDS):
        return
    for match in _PAPER.finditer(region.text):
        entity = scope.papers.get(match[1]) or (_DEFAULT_PAPER if match[1] == "Times" else "")
        if entity in gazetteer.rows:
            region.add(Found(*match.span(1), "ORG", entity, f"short for {gazetteer.rows[entity].name}", 0.7))
