"""What an entity's card gathers, and how names are found by what is typed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.entities.card import Gathered, Subject, facts_of, history, role_on, subject_of
from corpus.entities.filtering import NameFilter, initials
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.recognise import Recogniser
from corpus.entities.rows import Row
from corpus.entities.summary import summarise
from corpus.model import Comment, Document, Span, make_document
from tui.view.card_lines import CardView, card_lines

GAZETTEER = Gazetteer.load()


def build(title: str, body: str, *comments: tuple[str, str], published: str = "2018-01-09") -> Document:
    made = [Comment(f"c{at}", at, text, posted=posted) for at, (posted, text) in enumerate(comments)]
    return make_document(title, [(body, "paragraph")], made, published=published, url=f"https://x.example/{title}")


DOCUMENT = build(
    "Talks",
    "Moon Jae-in met Donald Trump. President Moon smiled. Kim Jong-un stayed at home.",
    ("2018-01-11T10:00", "Moon and Kim Jong-un should talk. Kim Yo-jong came."),
)
NAMED = Recogniser(GAZETTEER).recognise(DOCUMENT)


def subject(name: str) -> Subject:
    counts = summarise(DOCUMENT, NAMED, GAZETTEER)
    return subject_of(next(count for count in counts if count.name == name))


def gathered(name: str) -> Gathered:
    found = Gathered(subject(name))
    found.take(DOCUMENT, NAMED)
    return found


def test_names_in_all_systems() -> None:
    facts = facts_of(GAZETTEER, "kim-jong-un")
    assert facts is not None
    assert facts.hangul == ("김정은",)
    assert dict(facts.spelt) == {"RR": "Gim Jeong-eun", "MR": "Kim Chŏng-ŭn", "DPRK": "Kim Jong Un"}
    assert facts.checked is True
    trump = facts_of(GAZETTEER, "donald-trump")
    assert trump is not None
    assert trump.spelt == ()
    assert trump.checked is None  # no Wikidata id
    seoul = facts_of(GAZETTEER, "seoul")
    assert seoul is not None
    assert dict(seoul.spelt)["MR"] == "Sŏul"
    assert facts_of(GAZETTEER, "nobody") is None


def test_a_name_given_by_the_user_keeps_the_spellings_of_the_hangul() -> None:
    row = GAZETTEER.rows["moon-jae-in"]
    renamed = Gazetteer([row._replace(name="The President")])
    facts = facts_of(renamed, "moon-jae-in", GAZETTEER)
    assert facts is not None
    assert dict(facts.spelt)["RR"] == "Mun Jae-in"


def test_the_role_on_the_documents_day() -> None:
    facts = facts_of(GAZETTEER, "moon-jae-in")
    assert facts is not None
    assert role_on(facts, "2018-01-09T10:00").startswith("in office on 2018-01-09")
    assert role_on(facts, "2017-05-09").startswith("not yet in office")
    assert role_on(facts, "2022-05-10").startswith("no longer in office")
    assert role_on(facts, "2017").startswith("in office on 2017")
    assert "states no date" in role_on(facts, None)
    plain = facts_of(Gazetteer([Row("x", "ORG", "X")]), "x")
    assert plain is not None
    assert role_on(plain, "2018-01-09") == ""


def test_spellings_counts_and_the_days_on_which_it_was_named() -> None:
    moon = gathered("Moon Jae-in")
    assert moon.spellings == Counter({"Moon": 2, "Moon Jae-in": 1})
    assert (moon.article, moon.comments) == (2, 1)
    assert moon.first is not None
    assert moon.last is not None
    assert (moon.first.day, moon.last.day) == ("2018-01-09", "2018-01-11")
    assert DOCUMENT.quote(moon.documents[DOCUMENT.id]) == "Moon Jae-in"


def test_what_is_named_in_the_same_sentence() -> None:
    moon = gathered("Moon Jae-in").beside(GAZETTEER)
    assert {(item.name, item.count) for item in moon} == {("Donald Trump", 1), ("Kim Jong-un", 1)}
    assert next(item for item in moon if item.name == "Kim Jong-un").sentences == (
        (Span(DOCUMENT.id, "comment", "c0", 0, 33), "Moon and Kim Jong-un should talk."),
    )


def test_named_by_readers_but_not_by_the_article() -> None:
    def said(name: str) -> str:
        found = gathered(name)
        view = CardView(
            found.subject, facts_of(GAZETTEER, found.subject.id), GAZETTEER, found, found, document=DOCUMENT
        )
        return "\n".join("".join(run.text for run in line.runs) for line in card_lines(view))

    assert "named by readers, not by the article" in said("Kim Yo-jong")
    assert "named by readers" not in said("Moon Jae-in")


def test_an_unknown_name_is_known_by_its_spellings() -> None:
    document = build("Bulba", "Mr. Taras Bulba spoke to Moon Jae-in. Bulba left.")
    named = Recogniser(GAZETTEER).recognise(document)
    count = next(count for count in summarise(document, named, GAZETTEER) if count.group == "UNKNOWN")
    bulba = subject_of(count)
    found = Gathered(bulba)
    found.take(document, named)
    assert found.article == 2
    assert "?PERSON:taras bulba" in bulba.index_names
    assert [item.name for item in found.beside(GAZETTEER)] == ["Moon Jae-in"]


@given(st.dictionaries(st.dates().map(str) | st.sampled_from(["2018", "2018-02", "x"]), st.integers(1, 9), max_size=20))
@settings(max_examples=100)
def test_the_history_counts_every_mention_once(days: dict[str, int]) -> None:
    step, bins = history(days, 40)
    assert sum(count for _, count in bins) == sum(count for day, count in days.items() if day != "x")
    assert len(bins) <= 41
    assert step in ("day", "week", "month", "quarter", "year", "decade")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("김정은", True),
        ("정은", True),
        ("ㄱㅈㅇ", True),
        ("ㅈㅇ", True),
        ("ㄱㅈㅅ", False),
        ("kim jong", True),
        ("Gim Jeong-eun", True),
        ("chong-un", True),
        ("Kim Chŏng-ŭn", True),
        ("jongeun kim", True),
        ("Kim Jong-il", False),
        ("\x1b[31m", False),
    ],
)
def test_a_name_is_found_by_whatever_one_knows_of_it(text: str, fits: bool) -> None:
    assert NameFilter(text).fits(("Kim Jong-un",), ("김정은",)) is fits


def test_initials_are_those_of_hangul_only() -> None:
    assert initials("김정은 B 위원장") == "ㄱㅈㅇㅇㅇㅈ"
    assert NameFilter("pyongyang").fits((), ("평양",), place=True)


def test_a_wikidata_id_of_the_users_own_is_not_said_to_be_checked() -> None:
    own = Gazetteer([Row("zembla", "GPE", "Zembla", wikidata="Q1")])
    facts = facts_of(own, "zembla")
    assert facts is not None
    assert facts.checked is False
