"""Annotations: complete in data, faithful to the standard, unknown fields kept, and placed only where that is sure."""

from __future__ import annotations

import json
import unicodedata
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Comment, Document, make_document
from corpus.notes.anchor import MOVED, NOT_PLACED, SAME, Anchor, place, place_in
from corpus.notes.annotation import Annotation, Creator, is_annotation, to_jsonld, utc
from corpus.notes.build import (
    annotate,
    comment_iri,
    document_iri,
    text_sha256,
    with_body,
    with_colour,
    with_tags,
    with_target,
)
from corpus.notes.check import check
from corpus.notes.file import NotesFile, encode, entry
from corpus.text import canonical

NOW = datetime(2026, 8, 22, 18, 30, 5, 999, tzinfo=timezone(timedelta(hours=9)))
LATER = NOW + timedelta(minutes=1)
BODY = (
    "The ministry said on Thursday that it met. 수출이 7월에 4.1% 늘었다고 밝혔다. Chips led the gain, up 21 percent."
)
W3C = Path(__file__).parents[3] / "shared" / "w3c"


def make(url: str | None = "https://www.example.com/news/exports", body: str = BODY) -> Document:
    comments = [
        Comment("48211", 0, "I doubt that they met.", author="Herdee", posted="2018-02-09T11:04", url="#comment-48211"),
        Comment("c 2", 1, "익명의 댓글이다.", author="abcd****", title="제목"),
    ]
    facts = {"byline": ("Josh Smith",), "outlet": "NK News", "published": "2018-02-08", "url": url}
    capture = Capture("/saved/exports.html", sha256="0f" * 32, saved="2026-08-21T12:12:44+09:00")
    return make_document("Exports rise", [(body, "paragraph")], comments, capture=capture, **facts)


DOCUMENT = make()
QUOTE = "수출이 7월에 4.1% 늘었다고 밝혔다."
SPAN = DOCUMENT.span("body", BODY.index(QUOTE), BODY.index(QUOTE) + len(QUOTE))
CREATOR = Creator.named("A. Analyst")


def samples() -> dict[str, Annotation]:
    comment = DOCUMENT.span("comment", 2, 7, "48211")
    no_url = make(None)
    return {
        "highlight": annotate(DOCUMENT, SPAN, colour="yellow", creator=CREATOR, now=NOW),
        "note": annotate(DOCUMENT, SPAN, note="Compare **2019**.", tags=["수출", "chips"], creator=CREATOR, now=NOW),
        "tags": annotate(DOCUMENT, comment, tags=["doubt"], creator=CREATOR, now=NOW),
        "several texts": annotate(DOCUMENT, [SPAN, comment], note="Both.", now=NOW),
        "document": annotate(DOCUMENT, motivation="bookmarking", now=NOW),
        "subtree": annotate(DOCUMENT, comment="48211", subtree=True, note="All of these.", now=NOW),
        "no address": annotate(no_url, no_url.span("comment_title", 0, 2, "c 2"), colour="red", now=NOW),
    }


def test_an_annotation_holds_everything_from_the_first_day() -> None:
    ids = iter(uuid.UUID(int=number) for number in range(9))
    made = annotate(
        DOCUMENT, SPAN, note="Ask.", colour="green", tags=["수출"], creator=CREATOR, now=NOW, new_id=lambda: next(ids)
    )
    assert made.record == {
        "id": "urn:uuid:00000000-0000-0000-0000-000000000000",
        "type": "Annotation",
        "motivation": "commenting",
        "creator": {"id": CREATOR.id, "type": "Person", "name": "A. Analyst"},
        "created": "2026-08-22T09:30:05Z",
        "modified": "2026-08-22T09:30:05Z",
        "body": [
            {"type": "TextualBody", "value": "Ask.", "format": "text/markdown", "purpose": "commenting"},
            {
                "type": "TextualBody",
                "value": "수출",
                "purpose": "tagging",
                "kr:tag": "urn:uuid:00000000-0000-0000-0000-000000000001",
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": "https://www.example.com/news/exports",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": QUOTE,
                    "prefix": BODY[SPAN.start - 32 : SPAN.start],
                    "suffix": BODY[SPAN.end : SPAN.end + 32],
                },
                {"type": "TextPositionSelector", "start": SPAN.start, "end": SPAN.end},
            ],
            "state": {
                "type": "TimeState",
                "cached": f"urn:sha256:{text_sha256(BODY)}",
                "sourceDate": "2026-08-21T03:12:44Z",
            },
            "kr:document": DOCUMENT.id,
            "kr:part": "body",
        },
        "kr:colour": "green",
        "kr:snapshot": {
            "kr:title": "Exports rise",
            "kr:author": "Josh Smith",
            "kr:outlet": "NK News",
            "kr:date": "2018-02-08",
            "kr:url": "https://www.example.com/news/exports",
            "kr:file": "exports.html",
        },
        "kr:revision": 0,
    }


def test_reading_gives_back_what_was_made() -> None:
    note = samples()["note"]
    assert (note.text, note.quote, note.motivation, note.colour) == ("Compare **2019**.", QUOTE, "commenting", None)
    assert [tag.name for tag in note.tags] == ["수출", "chips"]
    assert note.creator == CREATOR
    assert note.target.span == SPAN
    assert note.documents == {DOCUMENT.id}
    assert note.created == note.modified == "2026-08-22T09:30:05Z"
    several = samples()["several texts"]
    assert [target.span.part for target in several.targets if target.span] == ["body", "comment"]
    assert several.quote == f"{QUOTE}\n\ndoubt"


def test_a_comment_is_named_by_its_permalink_or_by_our_own_iri() -> None:
    assert comment_iri(DOCUMENT, DOCUMENT.comments[0]) == "https://www.example.com/news/exports#comment-48211"
    assert comment_iri(DOCUMENT, DOCUMENT.comments[1]) == f"urn:korea-reader:{DOCUMENT.id}:c%202"
    same_page = replace(DOCUMENT.comments[1], url="https://WWW.example.com/news/exports")
    assert comment_iri(DOCUMENT, same_page).startswith("urn:korea-reader:")
    target = samples()["tags"].record["target"]
    assert target["source"] == "https://www.example.com/news/exports#comment-48211"
    assert target["scope"] == "https://www.example.com/news/exports"
    assert samples()["tags"].snapshot["comment_number"] == "1 of 2"
    assert samples()["no address"].record["target"]["source"].startswith("urn:korea-reader:d")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "notes"])
def test_only_web_addresses_are_iris(url: str) -> None:
    assert document_iri(replace(DOCUMENT, url=url)) == f"urn:korea-reader:{DOCUMENT.id}"


def test_an_address_with_odd_signs_becomes_a_valid_iri() -> None:
    assert document_iri(replace(DOCUMENT, url='https://e.com/a b"<c>/한글')) == "https://e.com/a%20b%22%3Cc%3E/한글"


def test_a_save_date_is_kept_only_where_its_zone_is_known() -> None:
    for saved in ("2026-08-21", "2026-08-21T03:12:44", "yesterday", None):
        document = replace(DOCUMENT, capture=Capture("x", saved=saved))
        assert "sourceDate" not in annotate(document, SPAN, now=NOW).record["target"]["state"]


def test_changing_one_thing_keeps_the_rest_even_what_is_unknown() -> None:
    extra = {"purpose": "identifying", "type": "SpecificResource", "source": "http://www.wikidata.org/entity/Q884"}
    note = samples()["note"]
    note = Annotation({**note.record, "x:unknown": {"deep": [1]}, "body": [*note.record["body"], extra]})
    changed = with_colour(with_tags(with_body(note, "New.", LATER), ["chips", "new"], LATER), "blue", LATER)
    assert (changed.text, changed.colour) == ("New.", "blue")
    assert [tag.name for tag in changed.tags] == ["chips", "new"]
    assert changed.tags[0].id == note.tags[1].id
    assert changed.record["x:unknown"] == {"deep": [1]}
    assert extra in changed.record["body"]
    assert changed.created == note.created
    assert changed.modified == utc(LATER)
    assert note.text == "Compare **2019**."


def test_the_motivation_follows_what_is_there() -> None:
    made = annotate(DOCUMENT, SPAN, colour="yellow", now=NOW)
    assert made.motivation == "highlighting"
    noted = with_body(made, "x", LATER)
    assert noted.motivation == "commenting"
    assert with_body(noted, "", LATER).motivation == "highlighting"
    assert "body" not in with_body(noted, "  ", LATER).record
    assert with_colour(with_tags(made, ["t"], LATER), None, LATER).motivation == "tagging"
    assert with_body(samples()["document"], "x", LATER).motivation == "bookmarking"


def test_known_tags_keep_their_ids() -> None:
    made = annotate(DOCUMENT, SPAN, tags=["a", " a ", "", "b"], now=NOW, known_tags={"a": "urn:uuid:1"})
    assert [tag.name for tag in made.tags] == ["a", "b"]
    assert made.tags[0].id == "urn:uuid:1"
    assert made.tags[1].id.startswith("urn:uuid:")


def test_an_annotation_can_be_attached_anew() -> None:
    moved = with_target(samples()["note"], DOCUMENT, DOCUMENT.span("comment", 0, 7, "48211"), LATER)
    assert moved.quote == "I doubt"
    assert moved.snapshot["comment_author"] == "Herdee"
    assert moved.text == "Compare **2019**."


@pytest.mark.parametrize(
    "record",
    [
        {"id": "urn:x:1", "type": "Annotation", "target": "https://e.com"},
        {
            "id": "urn:x:1",
            "type": ["Annotation"],
            "target": [{"id": "https://e.com"}, "x", 3],
            "body": "https://e.com/b",
        },
        {"id": "urn:x:1", "type": "Annotation", "target": {"source": {"id": "x"}, "selector": [3, {"type": 4}]}},
        {
            "id": "urn:x:1",
            "type": "Annotation",
            "bodyValue": "hi",
            "creator": "https://e.com/me",
            "created": 4,
            "motivation": ["x", 3],
            "kr:revision": "9",
            "kr:snapshot": [],
            "kr:colour": {},
            "target": {"kr:document": "d1", "kr:part": "attic", "state": [None, {"cached": 4}]},
        },
    ],
)
def test_foreign_annotations_can_be_read(record: dict[str, Any]) -> None:
    found = Annotation(record)
    assert is_annotation(record)
    for name in ("texts", "tags", "targets", "creator", "colour", "quote", "snapshot", "documents", "modified"):
        getattr(found, name)
    assert found.revision == 0
    assert with_body(found, "mine", NOW).text == "mine"
    assert place(found, "text")


def test_text_from_a_file_is_made_harmless() -> None:
    body = {"type": "TextualBody", "value": "a\x1b]52;c;x\x07", "purpose": "commenting"}
    found = Annotation({"id": "urn:x:1", "type": "Annotation", "target": "x", "body": body, "kr:colour": "\x1b[31m"})
    assert "\x1b" not in found.text + (found.colour or "")


# Where it stands


def test_the_same_text_gives_the_same_place() -> None:
    assert place(samples()["note"], BODY) == Anchor(SAME, SPAN.start, SPAN.end)


def test_one_exact_match_in_a_changed_text_is_moved() -> None:
    text = "An added line. " + BODY
    assert place(samples()["note"], text) == Anchor(MOVED, SPAN.start + 15, SPAN.end + 15)


@pytest.mark.parametrize(
    "text",
    [BODY.replace("4.1", "4.3"), f"{QUOTE} {QUOTE}", "", BODY.replace(QUOTE, "")],
    ids=["edited", "twice", "empty", "gone"],
)
def test_anything_else_is_not_placed(text: str) -> None:
    anchor = place(samples()["note"], text)
    assert anchor == Anchor(NOT_PLACED)
    assert not anchor.placed


def test_occurrences_that_overlap_count_twice() -> None:
    document = make(body="xx aba xx")
    made = annotate(document, document.span("body", 3, 6), now=NOW)
    assert place(made, "ababa").state == NOT_PLACED


def test_a_decomposed_quote_is_found() -> None:
    record = json.loads(json.dumps(samples()["note"].record))
    exact = record["target"]["selector"][0]
    exact["exact"] = unicodedata.normalize("NFD", exact["exact"])
    assert place(Annotation(record), "New. " + BODY).state == MOVED


def test_a_wrong_place_under_a_right_hash_is_not_believed() -> None:
    record = json.loads(json.dumps(samples()["note"].record))
    record["target"]["selector"][1] = {"type": "TextPositionSelector", "start": 0, "end": 5}
    assert place(Annotation(record), BODY) == Anchor(MOVED, SPAN.start, SPAN.end)


def test_every_target_is_placed_in_its_own_text() -> None:
    found = place_in(samples()["several texts"], DOCUMENT)
    assert [span for _, _, span in found] == [SPAN, DOCUMENT.span("comment", 2, 7, "48211")]
    (whole,) = place_in(samples()["subtree"], DOCUMENT)
    assert whole[2] == DOCUMENT.span("comment", 0, 22, "48211")
    assert [span for _, _, span in place_in(samples()["document"], DOCUMENT)] == [None]
    assert place_in(samples()["note"], make(None)) == ()


def test_a_comment_that_is_gone_leaves_its_note_unplaced() -> None:
    without = make_document("Exports rise", [(BODY, "paragraph")], [], url=DOCUMENT.url)
    assert [anchor for _, anchor, _ in place_in(samples()["tags"], without)] == [Anchor(NOT_PLACED)]


@settings(max_examples=60)
@given(st.text(alphabet="ab 가나.\n", min_size=1, max_size=40).map(canonical).filter(bool), st.data())
def test_a_placed_anchor_always_holds_the_words(text: str, data: st.DataObject) -> None:
    document = make(body=text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = annotate(document, document.span("body", start, end), now=NOW)
    assert place(made, document.body) == Anchor(SAME, start, end)
    other = canonical(data.draw(st.text(alphabet="ab 가나.\n", max_size=40)) + text[start:])
    anchor = place(made, other)
    assert not anchor.placed or other[anchor.start : anchor.end] == text[start:end]


# The standard


def test_our_annotations_follow_our_own_rules() -> None:
    for made in samples().values():
        assert check(to_jsonld(made)) == []
    assert check(samples()["note"].record, BODY) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("created",), "2026-08-22T18:30:05+09:00"),
        (("modified",), 5),
        (("motivation",), "reviewing"),
        (("target", "selector", 1, "start"), 900),
        (("target", "selector", 1, "end"), SPAN.end + 1),
        (("target", "selector", 0, "exact"), "x" * len(QUOTE)),
        (("target", "state", "sourceDate"), "2026-08-21"),
        (("target",), None),
    ],
)
def test_what_is_wrong_is_told(path: tuple[str | int, ...], value: Any) -> None:
    record = json.loads(json.dumps(samples()["note"].record))
    at: Any = record
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert len(check(record, BODY)) == 1


@pytest.mark.skipif(not W3C.exists(), reason="the schemas of the W3C are not here")
class TestSchemas:
    """The MUST schemas of the W3C's own test suite."""

    @pytest.fixture(scope="class")
    def validators(self) -> dict[str, list[Any]]:
        jsonschema = pytest.importorskip("jsonschema")
        referencing = pytest.importorskip("referencing")
        from referencing.jsonschema import DRAFT4

        def load(path: Path) -> Any:
            schema = json.loads(path.read_text())
            schema.pop("id", None)
            return schema

        shared = [(path.name, DRAFT4.create_resource(load(path))) for path in (W3C / "definitions").glob("*.json")]
        registry = referencing.Registry().with_resources(shared)
        found = {}
        for name in ("annotations/annotationMusts", "collections/collectionMusts", "collections/pages/pageMusts"):
            paths = json.loads((W3C / f"{name}.test").read_text())["assertions"]
            found[name.rpartition("/")[2]] = [
                jsonschema.Draft4Validator(load(W3C / path), registry=registry) for path in paths
            ]
        return found

    @pytest.mark.parametrize("name", list(samples()))
    def test_every_annotation_passes(self, validators: dict[str, list[Any]], name: str) -> None:
        record = to_jsonld(samples()[name])
        assert len(validators["annotationMusts"]) == 54
        assert [str(error) for check in validators["annotationMusts"] for error in check.iter_errors(record)] == []

    def test_the_notes_file_passes(self, validators: dict[str, list[Any]]) -> None:
        full = json.loads(encode(NotesFile(entries=tuple(map(entry, samples().values())))))
        empty = json.loads(encode(NotesFile()))
        for record in (full, empty):
            assert [str(error) for check in validators["collectionMusts"] for error in check.iter_errors(record)] == []
        page = full["first"]
        assert "@context" not in page
        # a page inside a collection needs neither a context nor a way back to it
        alone = {"@context": full["@context"], **page, "partOf": {"id": full["id"], "type": "AnnotationCollection"}}
        assert [str(error) for check in validators["pageMusts"] for error in check.iter_errors(alone)] == []

    def test_the_schemas_do_refuse(self, validators: dict[str, list[Any]]) -> None:
        wrong = {**to_jsonld(samples()["note"]), "id": "relative"} | {"target": None}
        assert any(not check.is_valid(wrong) for check in validators["annotationMusts"])


def test_utc_is_the_only_zone() -> None:
    assert utc(NOW) == "2026-08-22T09:30:05Z"
    assert utc(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"
