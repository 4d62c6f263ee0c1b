"""Words of documents in Markdown read the same and do nothing, in quotations and in exported notes."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus import markdown
from corpus.cite import quote
from corpus.model import Comment, Document, make_document
from corpus.notes.annotation import Annotation
from corpus.notes.build import annotate, with_target
from corpus.notes.export import FORMS, block_id, export, source_of
from corpus.notes.file import parse
from corpus.text import canonical

NOW = datetime(2026, 8, 22, 9, 30, tzinfo=UTC)
PLAIN = MarkdownIt("commonmark")
RICH = MarkdownIt("gfm-like")
ALPHABET = "ab1. \n\t\\`*_{}[]<>()#+-!|~&=:@$^%\"'/;?가나é…\u00a0\u3000"
TRAPS = [
    "# no heading", "- no list", "12. no list", "> no quote", "```\nno code", "    no code", "a  \nb", "---", "===",
    "<script>x</script>", "[x](javascript:1)", "![x](y)", "&copy; &#65;", "http://e.com www.e.com a@b.c", "|a|b|\n|-|-|",
    "a\n\n\nb", "\n\na", " a ", "*a* _b_ ~~c~~", "1) x", "+ x", "a\n=", "[x]: y", "#tag ^id %%c%%", "\\", "a\\\nb", "\t\tx",
]  # fmt: skip


def read_back(tokens: list[Token]) -> str:
    """Return the text of a rendering; fail on anything but paragraphs of plain text."""
    paragraphs = []
    for token in tokens:
        assert token.type in {"paragraph_open", "paragraph_close", "inline"}, token
        if token.type == "inline":
            kinds = {"text": lambda child: child.content, "text_special": lambda child: child.content}
            breaks = {"hardbreak": "\n", "softbreak": "\n"}
            paragraphs.append(
                "".join(breaks.get(child.type) or kinds[child.type](child) for child in token.children or [])
            )
    return "\n\n".join(paragraphs)


def check_inert(text: str) -> None:
    for parser in (PLAIN, RICH):
        assert read_back(parser.parse(markdown.escape(text))) == text


@pytest.mark.parametrize("text", TRAPS)
def test_known_traps_are_inert(text: str) -> None:
    check_inert(text)


@settings(max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=40).map(canonical))
@example("a\n\n\n\nb\n")
def test_any_text_reads_back_the_same(text: str) -> None:
    check_inert(text)


@settings(max_examples=100)
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=30).map(canonical).filter(lambda text: bool(text.strip())))
def test_a_quotation_holds_the_words_and_one_link(text: str) -> None:
    document = make_document(text.replace("\n", " "), [(text, "paragraph")], url="https://e.com/a")
    shown = quote(document, document.span("body", 0, len(document.body)), "markdown")
    tokens = PLAIN.parse(shown)
    assert [token.type for token in (tokens[0], tokens[-1])] == ["blockquote_open", "blockquote_close"]
    links = [child for token in tokens for child in token.children or [] if child.type == "link_open"]
    assert [link.attrGet("href") for link in links] == ["https://e.com/a"]
    last = next(at for at in range(len(tokens) - 1, -1, -1) if tokens[at].type == "paragraph_open")
    assert read_back(tokens[1:last]) == text.strip()


def test_other_addresses_are_no_links() -> None:
    assert markdown.link("javascript:alert(1)") == "javascript:alert(1)"
    assert "<http" not in markdown.link("https://e.com/a b")
    assert markdown.with_link("see nothing", "https://e.com") == "see nothing"
    assert markdown.with_link(" https://e.com ", "https://e.com") == " <https://e.com> "
    assert markdown.escape_line("") == ""


# Exported notes


def make() -> Document:
    comments = [Comment("c1", 0, "=1+1 is what *they* say", author="Herdee", posted="2018-02-09T11:04", url="#c1")]
    body = "수출이 늘었다.\nExports rose <b>in July</b>."
    facts = {"url": "https://e.com/a", "outlet": "NK News", "byline": ("Lee",), "published": "2018-02-08"}
    return make_document("Exports # rise", [(body, "paragraph")], comments, **facts)


DOCUMENT = make()


def notes() -> list[Annotation]:
    bare = make_document("", [("No facts.", "paragraph")])
    return [
        annotate(DOCUMENT, DOCUMENT.span("comment", 0, 23, "c1"), note="- mine\n\n```\nopen", tags=["수출"], now=NOW),
        annotate(DOCUMENT, DOCUMENT.span("body", 0, len(DOCUMENT.body)), colour="yellow", now=NOW),
        annotate(DOCUMENT, motivation="bookmarking", now=NOW),
        annotate(bare, bare.span("body", 0, 2), note="=cmd", now=NOW),
    ]


def test_exported_markdown_is_grouped_and_holds_together() -> None:
    made = notes()
    text = export(made, "markdown")
    tokens = PLAIN.parse(text)
    top = [token for token in tokens if token.level == 0]
    article, page = ["blockquote_open", "paragraph_open"] * 3, ["blockquote_open", "paragraph_open"]
    found = [token.type for token in top if token.type.endswith("_open")]
    assert found == [
        "heading_open",
        "heading_open",
        "paragraph_open",
        *article,
        "heading_open",
        "paragraph_open",
        *page,
    ]
    inline = [token.content for token in tokens if token.type == "inline" and token.level == 1]
    assert inline[:2] == ["Notes", "Exports \\# rise"]
    ids = [line[1:] for line in text.split("\n") if line.startswith("^")]
    assert sorted(ids) == sorted(map(block_id, made))
    assert "<https://e.com/a>" in text
    assert "comment 1 of 1 as captured" in text
    assert "Untitled page" in text


def test_quotes_in_exported_markdown_read_back_the_same() -> None:
    tokens = PLAIN.parse(export(notes()[1:2], "markdown"))
    start = next(at for at, token in enumerate(tokens) if token.type == "blockquote_open" and token.level == 1)
    end = next(at for at, token in enumerate(tokens) if token.type == "blockquote_close" and token.level == 1)
    assert read_back(tokens[start + 1 : end]) == DOCUMENT.body


def test_a_table_computes_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(export(notes(), "csv"))))
    assert [row["quote"] for row in rows] == ["'=1+1 is what *they* say", DOCUMENT.body, "", "No"]
    assert rows[3]["note"] == "'=cmd"
    assert rows[0]["tags"] == "수출"
    assert rows[0]["comment_author"] == "Herdee"


def test_json_ld_is_the_notes_file() -> None:
    made = notes()
    assert list(parse(export(made, "jsonld").encode()).annotations.values()) == made


def test_hypothesis_gets_quotes_and_no_offsets() -> None:
    found = json.loads(export(notes(), "hypothesis"))["annotations"]
    assert found[0]["target"] == [
        {
            "source": "https://e.com/a#c1",
            "selector": [{"type": "TextQuoteSelector", "exact": "=1+1 is what *they* say", "prefix": "", "suffix": ""}],
        }
    ]
    assert found[0]["tags"] == ["수출"]
    assert found[2]["target"] == [{"source": "https://e.com/a"}]


def test_sources_are_listed_once_with_keys_of_their_own() -> None:
    twice = [*notes(), *notes(), with_target(notes()[0], DOCUMENT, DOCUMENT.span("title", 0, 3), NOW)]
    items = json.loads(export(twice, "csl-json"))
    assert [item["type"] for item in items] == ["post", "article-newspaper", "webpage"]
    assert items[0]["title"] == "=1+1 is what *they* say"
    other = make_document("Exports # rise again", [("x", "paragraph")], byline=("Lee",), published="2018-02-01")
    more = [*twice, annotate(other, now=NOW)]
    assert export(more, "bibtex").count("@online{Lee2018exports") == 2
    assert len({item["id"] for item in json.loads(export(more, "csl-json"))}) == 4
    assert export(twice, "ris").count("ER  - ") == 3


def test_a_note_can_be_cited_without_its_capture() -> None:
    about = source_of(notes()[0])
    assert about.comment
    assert (about.comment.author, about.comment.number, about.title) == ("Herdee", "1 of 1", "Exports # rise")
    assert source_of(notes()[1]).authors == ("Lee",)


def test_unknown_forms_are_errors() -> None:
    assert set(FORMS) == {"markdown", "jsonld", "csv", "hypothesis", "csl-json", "bibtex", "ris"}
    with pytest.raises(ValueError, match="unknown form"):
        export([], "docx")
