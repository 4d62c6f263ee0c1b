"""Who and what a document names: the rules, one by one, and a text marked by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.recognise import Recogniser
from corpus.entities.rows import Row
from corpus.model import Comment, Document, Mention, make_document

ROOT = Path(__file__).parents[2]
MARKED = Path(__file__).parents[1] / "data" / "own_text.mk"


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(Gazetteer.load())


def document(body: str, *comments: str, published: str | None = "2018-01-09", title: str = "") -> Document:
    stamps = [Comment(f"c{at}", at, text, author="Guest", posted=published) for at, text in enumerate(comments)]
    return make_document(title, [(text, "paragraph") for text in body.split("\n\n")], stamps, published=published)


def names(mentions: tuple[Mention, ...]) -> list[tuple[str, str | None]]:
    return [(mention.surface, mention.entity) for mention in mentions if mention.type != "DATE"]


CASES = [
    ("'Kim Jong-un' and KIM Jong Un and Kim  Jong\u00a0Un.", [("Kim Jong-un", "kim-jong-un"), ("KIM Jong Un", "kim-jong-un"), ("Kim  Jong\u00a0Un", "kim-jong-un")]),
    ("the US told us; U.S. troops; UN and un", [("US", "united-states"), ("U.S.", "united-states"), ("UN", "united-nations")]),
    ("The North's offer and the South replied.", [("North", "north-korea"), ("South", "south-korea")]),
    ("North and South Korea met; between the North and South.", [("North", "north-korea"), ("South Korea", "south-korea"), ("North", "north-korea"), ("South", "south-korea")]),
    ("talks with South, the north of Seoul, North Dakota, the North Sea", [("South", "south-korea"), ("Seoul", "seoul"), ("North Dakota", None), ("North Sea", None)]),
    ("US–South Korea drills", [("US", "united-states"), ("South Korea", "south-korea")]),
    ("South Koreans, the Russian’s plan, inter-Korean talks", [("South Koreans", "south-korea"), ("Russian", "russia"), ("inter-Korean", "korea")]),
    ("the Pyongchang winter Olympics", [("Pyongchang winter Olympics", "olympics-2018-winter")]),
    ("in the demilitarised zone (DMZ), said DMZ guards", [("demilitarised zone", "dmz"), ("DMZ", "dmz"), ("DMZ", "dmz")]),
    ("the Asia Freedom Fund (AFF) said so; AFF.", [("Asia Freedom Fund", None), ("AFF", None), ("AFF", None)]),
    ("the Seoul Metropolitan Council voted.", [("Seoul Metropolitan Council", None)]),
    ("the Sports Committee of North Korea said", [("Sports Committee of North Korea", None)]),
    ("Donald John Trump Sr. spoke", [("Donald John Trump Sr.", "donald-trump")]),
    ("Jo Myong Gyun met Hwang Byong-so", [("Jo Myong Gyun", "cho-myoung-gyon"), ("Hwang Byong-so", "hwang-pyong-so")]),
    ("at Kaeseong and Punggyeri", [("Kaeseong", "kaesong"), ("Punggyeri", "punggye-ri")]),
    ("Park Young-ho said. Park left.", [("Park Young-ho", None), ("Park", None)]),
    ("Ri Son-gwon came. Ri smiled.", [("Ri Son-gwon", "ri-son-gwon"), ("Ri", "ri-son-gwon")]),
    ("President Moon called. The moon rose. Moon’s aide.", [("Moon", "moon-jae-in"), ("Moon", "moon-jae-in")]),
    ("Kim Yo Jong met Kim Jong Un. Ms. Kim left. Kim stayed.", [("Kim Yo Jong", "kim-yo-jong"), ("Kim Jong Un", "kim-jong-un"), ("Kim", "kim-yo-jong"), ("Kim", "kim-jong-un")]),
    ("Rep. Jim Himes tweeted. Himes added.", [("Jim Himes", None), ("Himes", None)]),
    ("Then Eric Trump flew. He saw Trump Organization.", [("Eric Trump", None), ("Trump Organization", None)]),
    ("We met Lara Trump there.", [("Lara Trump", None)]),
    ("the River Accord and Green Island and Blue Summit, said Smithson.", [("River Accord", None), ("Green Island", None), ("Blue Summit", None), ("Smithson", None)]),
    ("China's Foreign Ministry said", [("China", "china"), ("Foreign Ministry", "mfa-china")]),
    ("Seoul's defence ministry said", [("Seoul", "seoul"), ("defence ministry", "ministry-of-defense-rok")]),
    ("the foreign ministry in Beijing praised it", [("Beijing", "beijing")]),
    ("the Foreign Ministry of the South", [("Foreign Ministry", "ministry-of-foreign-affairs-rok"), ("South", "south-korea")]),
    ("the Foreign Ministry of the DPRK and the Foreign Ministry of France", [("Foreign Ministry of the DPRK", "mfa-dprk"), ("Foreign Ministry of France", None)]),
    ("the State Affairs Commission of the DPRK, the Central Committee of the WPK", [("State Affairs Commission of the DPRK", "state-affairs-commission"), ("Central Committee of the WPK", "central-committee")]),
    ("the 23rd Winter Olympics; So Hun, head of it, met the south Korean side", [("23rd Winter Olympics", "olympics-2018-winter"), ("So Hun", "suh-hoon"), ("south Korean", "south-korea")]),
    ("a paper of the Institute of Zembla Studies of Korea", [("Institute of Zembla Studies of Korea", None)]),
    ("They saw Choe Kang Chol, said Do Yeon Lee. Choe left.", [("Choe Kang Chol", None), ("Do Yeon Lee", None), ("Choe", None)]),
    ("They met Wu Huihui, and sent it to Wu there.", [("Wu Huihui", None), ("Wu", None)]),
    ("journalist Oh Tai-kyu and Chairman Oh", [("Oh Tai-kyu", None), ("Oh", None)]),
    ("the 2018 PyeongChang Olympics", [("2018 PyeongChang Olympics", "olympics-2018-winter")]),
    ("the vessel Yun Hong 8 and a Quiet Charter-like rule", [("Yun Hong 8", None), ("Quiet Charter", None)]),
    ("under presidents Kennedy and Johnson; Secretary of State Rice", [("Kennedy", "john-f-kennedy"), ("Johnson", "lyndon-b-johnson"), ("Rice", "condoleezza-rice")]),
    ("He left the Navy for the Marines. In Seoul the Army said so.", [("Navy", "us-navy"), ("Marines", "us-marine-corps"), ("Seoul", "seoul"), ("Army", "rok-army")]),
    ("The Globe and Mail wrote it. The Globe added it, not The Times.", [("Globe and Mail", "globe-and-mail"), ("Globe", "globe-and-mail"), ("Times", "new-york-times")]),
    ("Kim Yo Jong came. Kim’s sister smiled.", [("Kim Yo Jong", "kim-yo-jong"), ("Kim", "kim-jong-un")]),
    ("French National Assembly", [("French", "france"), ("National Assembly", None)]),
    ("He saw the Great Hall of the People. His aide left.", [("Great Hall of the People", "great-hall-of-the-people")]),
    ("an empty rink before the Games Photo: Lantern", []),
    ("the Lunar New Year holiday", [("Lunar New Year", "lunar-new-year")]),
    ("I run korea-reader, see https://korea.com/china, mail x@korea.org", []),
    ("at Panmunjon and Yongbyun. Pyongyong said.", [("Panmunjon", "panmunjom"), ("Yongbyun", "yongbyon"), ("Pyongyong", "pyongyang")]),
    ("Moon Jae-un and Park Min-ho met.", [("Moon Jae-un", "moon-jae-in"), ("Park Min-ho", None)]),
    ("U.S. Commerce Secretary Jane Roe met Acme Group Chairman Ann Poe.", [("U.S.", "united-states"), ("Jane Roe", None), ("Acme Group", None), ("Ann Poe", None)]),
    ("They told Secretary of State Jane Roe and Deputy Assistant Secretary Ann Poe about this thing there.", [("Jane Roe", None), ("Ann Poe", None)]),
    ("in the Quiet Service's hands", [("Quiet Service", None)]),
    ("he left for Zembla, and Charlus too. Zembla is flat.", [("Zembla", None), ("Charlus", None), ("Zembla", None)]),
    ("he bought Lotte Zembla, a Nato base and the Thaad battery", [("Lotte Zembla", None), ("Nato", "nato"), ("Thaad", "thaad")]),
    ("talks fail\n\nSouth Says North Korea Is Ready to Open New Talks", [("South", "south-korea"), ("North Korea", "north-korea")]),
    ("the Party said that a Farmer and the farmer agreed", []),
    ("they stayed in Gangwon Province and were seen inside the White House Situation Room", [("Gangwon Province", "gangwon"), ("White House Situation Room", None)]),
    ("joint South-U.S. drills", [("South", "south-korea"), ("U.S.", "united-states")]),
    ("In Seoul the Democratic Party beat the People Power Party.", [("Seoul", "seoul"), ("Democratic Party", "democratic-party-korea"), ("People Power Party", "people-power-party")]),
    ("Barack Obama of the Democratic Party in Washington", [("Barack Obama", "barack-obama"), ("Democratic Party", "democratic-party-us"), ("Washington", "washington")]),
    ("the 24th Zembla Division met some SRTU men there, not the CEO types", [("24th Zembla Division", None), ("SRTU", None)]),
    ("Mao Zedong came with Mao Xinyu.", [("Mao Zedong", "mao-zedong"), ("Mao Xinyu", None)]),
    ("The New York Times told White House Press Secretary Jane Roe of it again today.", [("New York Times", "new-york-times"), ("White House", "white-house"), ("Jane Roe", None)]),
    ("a US army colonel and the US Army", [("US", "united-states"), ("US Army", "us-army")]),
    ("read Fire and Fury in fire and fury", [("Fire and Fury", "fire-and-fury")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_rules(recogniser: Recogniser, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert names(recogniser.recognise(document(text))) == expected


HANGUL = [
    ("김정은은 평양에서 문재인대통령을 만났다", ["kim-jong-un", "pyongyang", "moon-jae-in"]),
    ("북한이 미국과 판문점 평화의 집에서", ["north-korea", "united-states", "panmunjom", "peace-house"]),
    ("조국을 위하여, 대북 제재, 인도적 지원", []),
    ("金正恩과 北韓", ["kim-jong-un", "north-korea"]),
    ("김정숙 여사", ["kim-jong-suk"]),
    ("홍길서 의원과 고위급 대표단, 이번의 장관", [None]),
    ("문 대통령과 김 위원장이 만났다. 박 기자", ["moon-jae-in", "kim-jong-un"]),
    ("이낙연 총리가 왔다. 이 총리는 트럼프 대통령과", ["lee-nak-yon", "lee-nak-yon", "donald-trump"]),
    ("조선은 조선반도의 평화를", ["north-korea", "korean-peninsula"]),
    ("조선 시대의 조선 도자기", []),
    ("IOC에서 김정은이가 동해상으로, 국방부장관은", ["ioc", "kim-jong-un", "sea-of-japan", "ministry-of-defense-rok"]),
    (
        "홍길서 국가안보실 1차장은 북한이 나서자 통일부 장관이",
        [None, "national-security-office", "north-korea", "ministry-of-unification"],
    ),
    ("北, 美 국무부에 17日 답하자 靑은", ["north-korea", "united-states", "state-department", "blue-house"]),
]


@pytest.mark.parametrize(("text", "expected"), HANGUL)
def test_hangul_names_stand_without_their_particles(recogniser: Recogniser, text: str, expected: list[str]) -> None:
    found = recogniser.recognise(document(text))
    assert [mention.entity for mention in found] == expected
    assert not any(
        len(mention.surface) > 1 and mention.surface.endswith(("은은", "에서", "이", "과", "을")) for mention in found
    )


def test_people_of_a_state_in_hangul(recogniser: Recogniser) -> None:
    [found] = recogniser.recognise(document("한국인은 웃었다"))
    assert (found.surface, found.type, found.entity) == ("한국", "NORP", "south-korea")


def test_comments_know_whom_the_article_named(recogniser: Recogniser) -> None:
    found = recogniser.recognise(
        document(
            "Park Geun-hye fell. Donald Trump won.", "Park was bad, iran is worse.", "haley or trump? kim. Trump card."
        )
    )
    comments = [(mention.surface, mention.entity) for mention in found if mention.span.part == "comment"]
    assert comments[:2] == [("Park", "park-geun-hye"), ("iran", "iran")]
    assert ("haley", "nikki-haley") in comments
    assert ("trump", "donald-trump") in comments


def test_comments_write_countries_and_peoples_without_capitals(recogniser: Recogniser) -> None:
    found = recogniser.recognise(document("x", "nk and the koreans lie, polish or not"))
    assert [(mention.surface, mention.type, mention.entity) for mention in found] == [
        ("nk", "GPE", "north-korea"),
        ("koreans", "NORP", "korea"),
    ]


def test_a_surname_alone_is_the_leader_of_the_day(recogniser: Recogniser) -> None:
    for day, leader in (("1985-05-01", "kim-il-sung"), ("2000-06-13", "kim-jong-il"), ("2018-01-09", "kim-jong-un")):
        [kim] = recogniser.recognise(document("And Kim agreed.", published=day))
        assert kim.entity == leader
        assert "in office at the time" in kim.rule
    assert recogniser.recognise(document("And Moon agreed.", published="2010-01-01")) == ()
    [kim] = recogniser.recognise(document("And Kim agreed.", published=None))
    assert kim.entity == "kim-jong-un"


def test_dates_count_from_the_stated_day_or_the_earliest_comment(recogniser: Recogniser) -> None:
    [stated] = recogniser.recognise(document("He left yesterday."))
    assert (stated.value, stated.rule) == ("2018-01-08", "yesterday, counted from 2018-01-09")
    comments = [
        Comment("a", 0, "today", posted="2018-01-05T01:14"),
        Comment("b", 1, "today", posted="2018-01-04T21:59"),
        Comment("c", 2, "today", posted="2018-01"),
    ]
    undated = make_document("", [("He left yesterday.", "paragraph")], comments)
    found = recogniser.recognise(undated)
    assert [mention.value for mention in found] == ["2018-01-03", "2018-01-05", "2018-01-04", None]
    assert found[0].rule.endswith("the day of the earliest comment")
    [unknown] = recogniser.recognise(document("He left yesterday.", published=None))
    assert unknown.value is None


def test_headlines_and_handles_make_no_unknown_names(recogniser: Recogniser) -> None:
    assert recogniser.recognise(document("", title="Angry Farmers Block Mountain Roads With Rotten Apples")) == ()
    comment = Comment("a", 0, "I think Taras Bulba is right.", author="Taras Bulba")
    assert recogniser.recognise(make_document("", [("x", "paragraph")], [comment])) == ()


def test_nicknames_are_off_unless_asked_for() -> None:
    text = document("The Fatty Kim again")
    assert names(Recogniser(Gazetteer.load()).recognise(text)) == []
    found = Recogniser(Gazetteer.load(), nicknames=True).recognise(text)
    assert [(mention.surface, mention.rule) for mention in found] == [("Fatty Kim", "nickname in the gazetteer")]


def test_own_rows_and_adapters() -> None:
    def model(text: str) -> list[tuple[int, int, str]]:
        return [(0, 4, "GPE"), (5, 9, "PERSON"), (3, 900, "ORG")]

    recogniser = Recogniser(Gazetteer.load(), own=[Row("asdf", "ORG", "Asdfgh")], adapters=[model])
    found = recogniser.recognise(document("Iran zork Asdfgh"))
    assert names(found) == [("Iran", "iran"), ("zork", None), ("Asdfgh", "asdf")]
    assert found[1].rule == "found by the language model"


def test_comment_titles_are_read_too(recogniser: Recogniser) -> None:
    comment = Comment("a", 0, "yes", title="Pyongyang lies")
    [found] = recogniser.recognise(make_document("", [("x", "paragraph")], [comment]))
    assert (found.span.part, found.entity) == ("comment_title", "pyongyang")


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from("KimJong-un NorthSouth.,()’’ \n\u00a0김정은은金U.S İßThe"), max_size=60),
    st.text(max_size=60),
)
def test_every_mention_quotes_its_text(recogniser: Recogniser, body: str, comment: str) -> None:
    text = document(body, comment)
    ends: dict[object, int] = {}
    for mention in recogniser.recognise(text):
        assert text.quote(mention.span) == mention.surface
        assert mention.surface
        assert mention.rule
        assert 0 < mention.confidence <= 1
        assert ends.get(mention.span.key, 0) <= mention.span.start
        ends[mention.span.key] = mention.span.end


def test_mentions_are_the_same_for_any_hash_seed() -> None:
    script = (
        "from corpus.entities.gazetteer import Gazetteer; from corpus.entities.recognise import Recogniser;"
        "from corpus.model import make_document; import pathlib;"
        f"text = pathlib.Path({str(MARKED)!r}).read_text('utf-8') + '김정은은 Jo Myong Gyun Kim Yong-jin Ri Yong Gil 한강';"
        "print(Recogniser(Gazetteer.load()).recognise(make_document('t', [(text, 'paragraph')], published='2018-03-09')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1


def _unmark(text: str) -> tuple[str, list[tuple[int, int, str, str, bool]]]:
    plain, marks, at = "", [], 0
    for match in re.finditer(r"\{([^|{}]*)\|([^{}]*)\}", text):
        plain += text[at : match.start()]
        fields = match[2].split("|")
        marks.append((len(plain), len(plain) + len(match[1]), fields[0], fields[1], "?" in fields[2:]))
        plain, at = plain + match[1], match.end()
    return plain + text[at:], marks


def test_a_text_marked_by_hand(recogniser: Recogniser) -> None:
    head, _, rest = MARKED.read_text("utf-8").partition("\n")
    blocks = rest.strip().split("\n\n")
    right = wanted = found = 0
    parts = [block for block in blocks if "{" in block]
    plain = [_unmark(block) for block in parts]
    first_comment = next(at for at, (text, _) in enumerate(plain) if text.startswith("art of the deal"))
    comments = [Comment(f"c{at}", at, text, posted=head[1:]) for at, (text, _) in enumerate(plain[first_comment:])]
    article = [(text, "paragraph") for text, _ in plain[1:first_comment]]
    marked = make_document(plain[0][0], article, comments, published=head[1:])
    offsets = {("title", None): [0], ("body", None): [paragraph.start for paragraph in marked.paragraphs]}
    gold: dict[tuple[str, str | None, int, int], tuple[str, str, bool]] = {}
    for at, (_, marks) in enumerate(plain):
        key: tuple[str, str | None] = ("title", None) if not at else ("body", None)
        base = 0 if not at else offsets["body", None][at - 1] if at < first_comment else 0
        if at >= first_comment:
            key = ("comment", f"c{at - first_comment}")
        for start, end, kind, entity, optional in marks:
            gold[(*key, start + base, end + base)] = (kind, entity, optional)
    for mention in recogniser.recognise(marked):
        place = (*mention.span.key, mention.span.start, mention.span.end)
        kind, entity, optional = gold.get(place, ("", "", False))
        if optional:
            continue
        found += 1
        right += bool(kind) and (entity.startswith("?") or entity == (mention.value or mention.entity))
    wanted = sum(not optional for *_, optional in gold.values())
    assert 2 * right / (found + wanted) >= 0.95


@pytest.mark.parametrize(
    "piece", ["Aa Bb of the ", "Kim said Friday ", "of of of ", "A", "김정은 ", "9일 ", "(AB) ", "'s-"]
)
def test_a_page_without_line_ends_takes_no_longer(recogniser: Recogniser, piece: str) -> None:
    import time

    def seconds(times: int) -> float:
        text = document(piece * times)
        start = time.process_time()
        recogniser.recognise(text)
        return time.process_time() - start

    seconds(10)
    short, long = min(seconds(1000) for _ in range(2)), seconds(8000)
    # eight times the text; quadratic work would take sixty-four times as long
    assert long < 30 * short + 0.1


def test_lower_case_leaders_in_comments(recogniser: Recogniser) -> None:
    found = recogniser.recognise(document("Nothing here.", "trump is a clown, a trump card is not"))
    assert names(found) == [("trump", "donald-trump")]
