"""How right names, dates and Korean names are, beside what others offer; `python -m tests.bench.accuracy` prints the tables.

spaCy, rigour and dateparser are asked where they are installed: pip install spacy rigour dateparser.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from corpus.entities.dates import find_dates
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.korean import same_name
from corpus.entities.recognise import Recogniser
from corpus.model import Document
from tests.bench.gold import NOT_NAMES, PLACES, SHARED, Key, Marked, Score, own_text, part_of, shared_captures

Answer = tuple[Key, str, str | None]
"""Where, the type and the entity."""
System = Callable[[Document], Iterable[Answer]]


class Line(NamedTuple):
    """A row of a table."""

    name: str
    cells: tuple[str, ...]


def installed(module: str) -> bool:
    """Tell whether a peer can be asked."""
    return importlib.util.find_spec(module) is not None


# names in texts


def ours(gazetteer: Gazetteer) -> System:
    """Return what the project finds."""
    recogniser = Recogniser(gazetteer)

    def find(document: Document) -> Iterator[Answer]:
        for mention in recogniser.recognise(document):
            if mention.type not in NOT_NAMES:
                span = mention.span
                yield (part_of(span.key, document), span.start, span.end), mention.type, mention.entity

    return find


def entity_ruler(gazetteer: Gazetteer, attribute: str) -> System:
    """Return spaCy's EntityRuler over the same names, compared as written ("ORTH") or in any case ("LOWER")."""
    pipeline = importlib.import_module("spacy").blank("en")
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": attribute})
    names = {alias.text: alias for alias in gazetteer.aliases if alias.kind in ("name", "demonym")}
    ruler.add_patterns([{"label": alias.type, "pattern": text, "id": alias.entity} for text, alias in names.items()])

    def find(document: Document) -> Iterator[Answer]:
        texts = [("title", document.title), ("body", document.body)]
        texts += [(f"comment:{at}", made.text) for at, made in enumerate(document.comments, 1)]
        for part, text in texts:
            for span in pipeline(text).ents:
                yield (part, span.start_char, span.end_char), span.label_, span.ent_id_

    return find


def score_names(find: System, marked: Marked, gazetteer: Gazetteer, *, linked: bool) -> Score:
    """Return how many spans are right, and with `linked` their entities too; what is optional counts neither way."""
    right = given = 0
    for key, kind, entity in find(marked.document):
        wanted = marked.names.get(key)
        if wanted is not None and wanted.optional:
            continue
        if wanted is None and any(_overlaps(key, other) for other, name in marked.names.items() if name.optional):
            continue
        given += 1
        if wanted is not None:
            alike = kind == wanted.type or {kind, wanted.type} <= PLACES
            right += _is_linked(entity, wanted.id, gazetteer) if linked else alike or entity is not None
    return Score(right, given, sum(not name.optional for name in marked.names.values()))


def _overlaps(one: Key, other: Key) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _is_linked(entity: str | None, wanted: str, gazetteer: Gazetteer) -> bool:
    if not wanted or wanted.startswith("?"):
        known = gazetteer.entity(wanted[1:]) if wanted else None
        return entity is None or known is None or known.id == entity
    return entity == wanted


def name_table() -> list[Line]:
    """Return span and linked F1 of each system on each text."""
    gazetteer = Gazetteer.load()
    texts = [*shared_captures(), own_text()]
    systems: list[tuple[str, System]] = [("korea-reader", ours(gazetteer))]
    if installed("spacy"):
        systems += [(f"spaCy EntityRuler, {how}", entity_ruler(gazetteer, how)) for how in ("ORTH", "LOWER")]
    lines = []
    for name, find in systems:
        cells = []
        for marked in texts:
            span = score_names(find, marked, gazetteer, linked=False)
            link = score_names(find, marked, gazetteer, linked=True)
            cells.append(f"{span.f1:.3f} / {link.f1:.3f}")
        lines.append(Line(name, tuple(cells)))
    return [Line("span F1 / linked F1", tuple(marked.name for marked in texts)), *lines]


# Korean names


def name_pairs() -> list[tuple[str, str, bool, bool]]:
    """Return pairs of spellings, whether they are the same name, and whether of a place; none where the list is absent."""
    path = SHARED / "gold" / "korean_name_pairs.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["a"], row["b"], row["same"] == "1", row["kind"] == "L") for row in rows]


def pair_table() -> list[Line]:
    """Return accuracy, false "same" and false "different" of each way to compare two spellings.

    Scorers with a threshold are given the one that is best on these very pairs.
    """
    pairs = name_pairs()
    if not pairs:
        return []
    lines = [Line("way", ("accuracy", "wrong “same”", "wrong “other”"))]
    lines.append(_decided("korea-reader", [same_name(a, b, place=place) for a, b, _, place in pairs], pairs))
    from rapidfuzz import distance, fuzz

    from corpus.entities.romanise import romanise

    def plain(text: str) -> str:
        return romanise(text, "RR").lower() if any("가" <= char <= "힣" for char in text) else text.lower()

    scorers: list[tuple[str, Callable[[str, str], float]]] = [
        ("rapidfuzz WRatio", fuzz.WRatio),
        ("rapidfuzz token_sort_ratio", fuzz.token_sort_ratio),
        ("rapidfuzz Jaro-Winkler", distance.JaroWinkler.normalized_similarity),
    ]
    if installed("rigour"):
        scorers.append(("rigour compare_parts", rigour_score))
    for name, scorer in scorers:
        values = [scorer(plain(a), plain(b)) for a, b, _, _ in pairs]
        tried = [_decided(name, [value >= least for value in values], pairs) for least in sorted(set(values))]
        lines.append(max(tried, key=lambda line: line.cells[0]))
    return lines


def rigour_score(one: str, other: str) -> float:
    """Return how well rigour aligns the parts of two names, 0 to 1, each part weighed by its letters."""
    names = importlib.import_module("rigour.names")
    sides = [list(next(iter(names.analyze_names(names.NameTypeTag.PER, [name]))).parts) for name in (one, other)]
    aligned = [(len(part.qstr) + len(part.rstr), part.score) for part in names.compare.compare_parts(*sides)]
    letters = sum(weight for weight, _ in aligned)
    return float(sum(weight * score for weight, score in aligned) / letters) if letters else 0.0


def _decided(name: str, said: list[bool], pairs: list[tuple[str, str, bool, bool]]) -> Line:
    right = sum(answer == same for answer, (_, _, same, _) in zip(said, pairs, strict=True))
    wrong_same = sum(answer and not same for answer, (_, _, same, _) in zip(said, pairs, strict=True))
    return Line(name, (f"{right / len(pairs):.3f}", str(wrong_same), str(len(pairs) - right - wrong_same)))


# dates


class Sentence(NamedTuple):
    """A text, the day it counts from, and its dates: start, end, value."""

    text: str
    anchor: date | None
    dates: frozenset[tuple[int, int, str]]
    optional: frozenset[tuple[int, int]] = frozenset()


def date_sentences() -> dict[str, list[Sentence]]:
    """Return the sentences and captures whose dates are marked; empty where they are absent."""
    found: dict[str, list[Sentence]] = {}
    path = SHARED / "gold" / "dates_extra.tsv"
    if path.exists():
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        found["sentences"] = [_sentence(anchor, text) for anchor, text in rows]
    captures = []
    for marked in shared_captures():
        texts = {part_of(key, marked.document): text for key, text in marked.document.texts()}
        for part, text in texts.items():
            within = {key: told for key, told in marked.dates.items() if key[0] == part}
            if within:
                anchor = next(iter(within.values()))[1]
                dates = frozenset((start, end, value) for (_, start, end), (value, _) in within.items())
                optional = frozenset((start, end) for at, start, end in marked.optional_dates if at == part)
                captures.append(Sentence(text, anchor, dates, optional))
    if captures:
        found["captures"] = captures
    return found


def _sentence(anchor: str, marked: str) -> Sentence:
    import re

    plain, at, dates = "", 0, []
    for match in re.finditer(r"\[([^\]=]*)=([^\]]*)\]", marked):
        plain += marked[at : match.start()]
        if match[2] != "-":
            dates.append((len(plain), len(plain) + len(match[1]), match[2]))
        plain, at = plain + match[1], match.end()
    return Sentence(plain + marked[at:], date.fromisoformat(anchor), frozenset(dates))


def our_dates(sentence: Sentence) -> set[tuple[int, int, str]]:
    """Return what the project finds."""
    found = find_dates(sentence.text, sentence.anchor)
    return {(mention.start, mention.end, mention.value or "") for mention in found if mention.kind == "DATE"}


def dateparser_dates(sentence: Sentence) -> set[tuple[int, int, str]]:
    """Return what dateparser finds; its days count as right for a coarser value that they lie in."""
    search = importlib.import_module("dateparser.search")
    base = datetime.combine(sentence.anchor or date.today(), datetime.min.time())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = search.search_dates(sentence.text, languages=["en"], settings={"RELATIVE_BASE": base}) or []
    found, at = set(), 0
    for surface, moment in said:
        start = sentence.text.find(surface, at)
        at = start + len(surface)
        value = moment.date().isoformat()
        near = [told for told in sentence.dates if told[0] < at and start < told[1]]
        if near and value.startswith(near[0][2]):
            found.add(near[0])
        else:
            found.add((start, at, value))
    return found


def date_table() -> list[Line]:
    """Return right values and F1 of each way to find dates."""
    sets = date_sentences()
    ways: list[tuple[str, Callable[[Sentence], set[tuple[int, int, str]]]]] = [("korea-reader", our_dates)]
    if installed("dateparser"):
        ways.append(("dateparser search_dates", dateparser_dates))
    lines = [Line("right values / F1 of spans with values", tuple(sets))] if sets else []
    for name, find in ways if sets else []:
        cells = []
        for sentences in sets.values():
            total = Score(0, 0, 0)
            for sentence in sentences:
                found = {told for told in find(sentence) if told[:2] not in sentence.optional}
                total = total.plus(Score(len(found & sentence.dates), len(found), len(sentence.dates)))
            cells.append(f"{total.right} of {total.wanted} / {total.f1:.3f}")
        lines.append(Line(name, tuple(cells)))
    return lines


def markdown(lines: list[Line]) -> str:
    """Return a table in Markdown."""
    rows = [f"| {line.name} | {' | '.join(line.cells)} |" for line in lines]
    return "\n".join([rows[0], "|---" * (len(lines[0].cells) + 1) + "|", *rows[1:]]) if rows else ""


if __name__ == "__main__":
    from tests.bench.recogniser_speed import speed_table

    for table in (name_table(), pair_table(), date_table(), speed_table()):
        print(markdown(table), end="\n\n")
