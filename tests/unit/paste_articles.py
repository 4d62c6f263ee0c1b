"""Articles as people paste them, made up: paragraphs, lists, interviews, and much that only looks like comments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

_WHO = (
    "the ministry", "a spokesman", "the company", "her lawyer", "the mayor", "our reporter", "the coach", "a neighbor",
    "the committee", "residents", "the director", "two officials", "the band", "the union", "analysts", "the court",
)  # fmt: skip
_DOES = (
    "said that", "announced that", "denied that", "hopes that", "told us that", "wrote last week that", "still believes",
    "could not say whether", "argued that", "was told that", "admitted that", "confirmed that",
)  # fmt: skip
_WHAT = (
    "the bridge would open in spring", "talks in the capital had made no progress", "the album sold better than expected",
    "prices rose by four percent", "the new recipe needs less sugar", "nobody had read the report", "the team lost again",
    "a second round of cuts is likely", "the phone ships without a charger", "most voters had made up their minds",
    "the storm will reach the coast by Sunday", "the vaccine works in older people", "the border stays closed",
)  # fmt: skip
_MORE = (
    "", "", " after years of delay", ", despite what critics say", " (the third time this year)", ", and that was that",
    " on Nov. 3, 2012", " since 9 January 2011", " by the end of 2013", " at 10:30 a.m. on Friday", " in a 2009 interview",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def sentence(rng: Random) -> str:
    """Return a sentence of running text; one in six holds a date."""
    text = f"{rng.choice(_WHO)} {rng.choice(_DOES)} {rng.choice(_WHAT)}{rng.choice(_MORE)}."
    if rng.random() < 0.15:
        return f"“{text[0].upper()}{text[1:-1]},” {rng.choice(_WHO)} said."
    return text[0].upper() + text[1:]


def paragraph(rng: Random, most: int = 5) -> str:
    """Return up to `most` sentences."""
    return " ".join(sentence(rng) for _ in range(rng.randint(1, most)))


def title(rng: Random) -> str:
    """Return a headline."""
    words = f"{rng.choice(_WHO)} {rng.choice(_WHAT)}".split()
    text = " ".join(words).replace("the ", "", 1).capitalize()
    return text + rng.choice(["", "", "", "?", "!", " (VIDEO)", ": what we know"])


def moment(rng: Random) -> datetime:
    """Return a time in or near 2012."""
    return datetime(2012, 1, 1) + timedelta(minutes=rng.randrange(525_600))


def person(rng: Random) -> str:
    """Return a reporter's name."""
    first = rng.choice(["Ann", "Robert", "Mary Jo", "Kim", "Luis", "Dana", "Sanjay", "Eva"])
    return f"{first} {rng.choice(['Lee', 'Brown', 'García', 'Park', 'O’Neil', 'Schmidt', 'Rao', 'Miller'])}"


def long_date(when: datetime) -> str:
    """Return "July 7, 2012"."""
    return f"{_MONTHS[when.month - 1]} {when.day}, {when.year}"


def clock(when: datetime) -> str:
    """Return "4:05 PM"."""
    return f"{when.hour % 12 or 12}:{when.minute:02} {'PM' if when.hour > 11 else 'AM'}"


def byline(rng: Random) -> list[str]:
    """Return what often stands under the title, or nothing."""
    when, who = moment(rng), person(rng)
    return rng.choice(
        [
            [],
            [],
            [],
            [f"By {who}"],
            [f"By {who} | {long_date(when)} | {clock(when)}"],
            [f"Posted by {who} on {long_date(when)} at {clock(when)}"],
            [long_date(when)],
            [f"{who}", f"{long_date(when)} {clock(when)}"],
            [f"Published: {when:%d/%m/%Y} {when:%H:%M}", f"Updated: {when:%d/%m/%Y} {when:%H:%M}"],
            [f"{long_date(when)} | 5 Comments"],
        ]
    )


def plain(rng: Random) -> list[str]:
    """Return the blocks of an ordinary article."""
    blocks = [title(rng), *byline(rng)]
    for _ in range(rng.randint(3, 12)):
        if rng.random() < 0.1:
            blocks.append(
                rng.choice(["What comes next", "The long view", "A quiet town", "Discussion", "By the numbers"])
            )
        blocks.append(paragraph(rng))
    if rng.random() < 0.2:
        blocks.append(
            rng.choice(
                [
                    "Follow us on Twitter for more.",
                    f"© 2012 {person(rng)}. All rights reserved.",
                    f"Posted by {person(rng)} at {clock(moment(rng))}",
                    f"This entry was posted on {long_date(moment(rng))} at {clock(moment(rng))} and is filed under News.",
                    f"{person(rng)} is a staff writer. Reach her at 555-0100.",
                    "Filed under: News, Town",
                ]
            )
        )
    return blocks


def _events(rng: Random) -> list[str]:
    when, found, shape = moment(rng), [title(rng), paragraph(rng)], rng.randrange(4)
    for _ in range(rng.randint(3, 9)):
        when = (when + timedelta(days=rng.randint(1, 5))).replace(minute=rng.choice([0, 0, 30, 30, 15]))
        name = rng.choice(["Open Studio Night", "Farmers Market", "Book signing", "Jazz in the Park", "Town Hall"])
        lines = (
            f"{name} - {long_date(when)}",
            f"{long_date(when)}, {clock(when)}: {name}",
            f"{when:%A, %B} {when.day}",
            f"{name}\n{long_date(when)} at {clock(when)}",
        )
        found += [lines[shape], paragraph(rng, 2)]
    return found


def _timeline(rng: Random) -> list[str]:
    when, found = moment(rng), [title(rng), paragraph(rng)]
    for _ in range(rng.randint(4, 10)):
        when += timedelta(days=rng.randint(10, 90))
        found += rng.choice([[f"{long_date(when)}: {sentence(rng)}"], [long_date(when), paragraph(rng, 2)]])
    return found


def _live(rng: Random) -> list[str]:
    when, found = moment(rng), [title(rng), *byline(rng), paragraph(rng)]
    shape = rng.randrange(3)
    for _ in range(rng.randint(4, 12)):
        when += timedelta(minutes=rng.randint(2, 30))
        if shape == 0:
            found.append(f"{clock(when)}: {sentence(rng)}")
        elif shape == 1:
            found += [f"{clock(when)} ET", paragraph(rng, 2)]
        else:
            found.append(f"UPDATE {clock(when)} {long_date(when)}: {sentence(rng)}")
    return found


def _interview(rng: Random) -> list[str]:
    found, one, two = (
        [title(rng), *byline(rng), paragraph(rng)],
        *rng.choice([("Q", "A"), ("TIME", "Rao"), ("Us", "Lee")]),
    )
    for _ in range(rng.randint(4, 10)):
        if rng.random() < 0.5:
            found += [f"{one}: {sentence(rng)[:-1]}?", f"{two}: {paragraph(rng)}"]
        else:
            found += [f"{sentence(rng)[:-1]}?", paragraph(rng)]
    return found


def _release(rng: Random) -> list[str]:
    when = moment(rng)
    found = ["FOR IMMEDIATE RELEASE", title(rng), f"SEOUL, {long_date(when)} /PRNewswire/ -- {paragraph(rng)}"]
    found += [paragraph(rng) for _ in range(rng.randint(2, 6))]
    return [*found, f"Contact: {person(rng)}, press@city.example, 555-0100", "###"]


def _recipes(rng: Random) -> list[str]:
    found = [title(rng), paragraph(rng), "Ingredients", "2 cups flour", "1 tsp salt", "3/4 cup sugar", "Method"]
    return found + [f"{n}. {sentence(rng)}" for n in range(1, rng.randint(4, 9))]


def _list(rng: Random) -> list[str]:
    found = [title(rng), *byline(rng), paragraph(rng)]
    for n in range(1, rng.randint(4, 11)):
        found += [f"{n}. {title(rng)}", paragraph(rng, 3)]
    return found


def _letters(rng: Random) -> list[str]:
    found = [title(rng)]
    for _ in range(rng.randint(2, 5)):
        found += [paragraph(rng), person(rng), "Springfield"]
    return found


def _tweets(rng: Random) -> list[str]:
    found = [title(rng), *byline(rng), paragraph(rng)]
    for _ in range(rng.randint(2, 6)):
        name = person(rng)
        found += [sentence(rng), f"— {name} (@{name.split()[0].lower()}) {long_date(moment(rng))}", paragraph(rng, 2)]
    return found


def _links(rng: Random) -> list[str]:
    when, found = moment(rng), [*plain(rng), rng.choice(["Related:", "Related articles", "More on this topic"])]
    for _ in range(rng.randint(3, 7)):
        when -= timedelta(days=rng.randint(1, 30))
        found += rng.choice(
            [
                [f"{title(rng)} {when:%m/%d/%Y}"],
                [title(rng), f"{long_date(when)} {clock(when)}"],
                [f"{title(rng)} ({long_date(when)})"],
            ]
        )
    return found


def _scores(rng: Random) -> list[str]:
    when, found = moment(rng), [title(rng), paragraph(rng)]
    for _ in range(rng.randint(4, 9)):
        when += timedelta(days=7)
        found.append(f"{when:%a}, {when:%b} {when.day} vs. {rng.choice(['Bears', 'Lions', 'Rams'])} - {clock(when)}")
    return [*found, paragraph(rng)]


def _sources(rng: Random) -> list[str]:
    found = [*plain(rng), "Sources"]
    return found + [f"{person(rng)}, “{title(rng)},” {long_date(moment(rng))}." for _ in range(rng.randint(2, 6))]


def _korean(rng: Random) -> list[str]:
    when = moment(rng)
    found = ["남북 대화 다시 시작", f"입력 {when:%Y.%m.%d. %H:%M} 수정 {when:%Y.%m.%d. %H:%M}", "홍길동 기자"]
    words = ("정부는", "회담이", "오늘", "지난 3월 4일", "서울에서", "열린", "발표했다고", "관계자가", "다시", "말했다")
    for _ in range(rng.randint(3, 8)):
        found.append(" ".join(rng.choice(words) for _ in range(rng.randint(14, 40))) + ".")
    return [*found, "저작권자 ⓒ 무단전재 및 재배포 금지"]


def _verse(rng: Random) -> list[str]:
    return [title(rng), "\n".join(sentence(rng)[: rng.randint(20, 40)] for _ in range(rng.randint(8, 20))), person(rng)]


BAITS: tuple[Callable[[Random], list[str]], ...] = (
    plain, plain, plain, plain, plain, _events, _timeline, _live, _interview, _release, _recipes, _list, _letters, _tweets,
    _links, _scores, _sources, _korean, _verse,
)  # fmt: skip


def article(rng: Random) -> list[str]:
    """Return the blocks of an article without comments, of any kind."""
    return rng.choice(BAITS)(rng)


def laid_out(rng: Random, blocks: list[str]) -> str:
    """Return blocks as pasted: mostly with blank lines between, sometimes none, sometimes many."""
    gap = rng.choices(["\n\n", "\n", "\n\n\n", "\n \n"], [70, 18, 8, 4])[0]
    return gap.join(blocks)
