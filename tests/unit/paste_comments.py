"""Comments as pages of all kinds show them and people paste them, made up, in the proportions of a survey of 405 captures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.unit.paste_articles import article, clock, laid_out, long_date, moment, paragraph, plain

_NAMES = (
    "Anonymous", "Old Salt", "b_2", "Kim Deok-su", "geht's no?!", "in the SF Bay Area", "Beth :: Our Front Porch View",
    "@siegmund.berghammer", "Hillarys Server", "JohnD", "MARY S.", "Dr. No", "www.spam.example", "looking on", "x",
    "Liberty4All", "Rachel @ The Cookie Jar", "Guest", "Tom B", "Jürgen", "Señor Wences", "kitty1998", "The Dude",
    "Ann-Marie O'Hara", "Stop the madness", "bob", "Grandma of 3", "CK", "Will I. Am", "Fred from Ohio", "abc123",
)  # fmt: skip
_SAID = (
    "Great post, thanks for sharing!", "I could not disagree more.", "lol", "This is exactly what happened to us in 2009.",
    "You forgot to mention the price.", "@bob - did you even read it?", "Amen.", "First!",
    "Where can I buy one? I have looked everywhere and nobody has it.", "The comment above is wrong on every count.",
    "My grandmother made it with butter. Try it, you won't be sorry.", "so true", "What a shame",
    "Has anyone heard from them since January 3rd? I called twice.", "Typical. Blame the voters, as always!!!",
    "I'm a teacher and I see this every single day, and it is only getting worse as budgets shrink", ":)", "+1",
)  # fmt: skip


@dataclass
class One:
    """A comment before it is laid out."""

    name: str
    when: datetime
    body: list[str]
    at: int
    rng: Random


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _low(when: datetime) -> str:
    return clock(when).lower()


def _oclock(when: datetime) -> str:
    return f"{when:%H:%M}"


Form = Callable[[One], list[str]]
"""Return the blocks of a comment; a block may have several lines."""


def _over(*lines: Callable[[One], str]) -> Form:
    return lambda c: ["\n".join(line(c) for line in lines), *c.body]


def _under(*lines: Callable[[One], str]) -> Form:
    return lambda c: [*c.body, "\n".join(line(c) for line in lines)]


ONE_LINE: tuple[Form, ...] = (
    _over(lambda c: f"{c.name} {c.when:%a, %m/%d/%Y} - {_oclock(c.when)}"),
    _over(lambda c: f"{c.when:%a, %m/%d/%Y} - {_oclock(c.when)} | {2690000 + c.at * 7} {c.name}"),
    _over(lambda c: f"{c.when:%a, %Y-%m-%d} {_oclock(c.when)} — {c.name} (not verified)"),
    _over(lambda c: f"Submitted by {c.name} on {c.when:%a, %m/%d/%Y} - {_low(c.when).replace(' ', '')}"),
    _over(lambda c: f"{c.name} {long_date(c.when)} at {_low(c.when)}"),
    _over(lambda c: f"{c.name} {long_date(c.when)} at {_low(c.when)}"),
    _over(lambda c: f"{c.name} on {long_date(c.when)} at {_low(c.when)} said:"),
    _over(lambda c: f"On {long_date(c.when)} at {_low(c.when)} {c.name} said:"),
    _over(lambda c: f"{c.name} — {c.when:%B} {_ordinal(c.when.day)}, {c.when.year}, {_low(c.when)}"),
    _over(lambda c: f"on {c.when.day} {c.when:%b} {c.when.year} at {_low(c.when)} {c.name}"),
    _over(lambda c: f"{c.at + 1}. {c.name} - {c.when.day} {c.when:%B}, {c.when.year}"),
    _over(lambda c: f"{c.name} wrote on {c.when:%b} {c.when.day}, {c.when.year} {clock(c.when)}:"),
    _over(lambda c: f"{c.name} | {long_date(c.when)} {clock(c.when)} | Reply"),
    _over(lambda c: f"{c.name}, {c.when.day} {c.when:%B} {c.when.year}"),
    _over(lambda c: f"#{c.at + 1} {c.name} {c.when:%d.%m.%Y, %H:%M}"),
    _over(lambda c: f"{c.name} {c.when:%m/%d/%y} {clock(c.when)}"),
    _over(lambda c: f"{c.name} schrieb am {c.when:%d.%m.%Y} um {_oclock(c.when)} Uhr:"),
    _over(lambda c: f"{c.name} {c.rng.randint(2, 11)} months ago"),
    _over(lambda c: f"{c.name}, le {c.when.day} octobre 2012 à {c.when:%Hh%M}"),
    _over(lambda c: f"{c.name}{long_date(c.when)} {clock(c.when)}"),
    _over(lambda c: f"{c.name} • {c.rng.randint(2, 23)} hours ago"),
    _over(
        lambda c: (
            f"by {c.name} ({90000 + c.at * 31}) on {c.when:%A %B} {c.when.day:02}, @{c.when:%I:%M%p} (#{40749600 + c.at})"
        )
    ),
    _over(lambda c: f"{c.name} {c.when:%b} {c.when.day}"),
    _over(lambda c: f"posted on {c.when:%b, %d %Y} @ {clock(c.when)}"),
    _over(lambda c: f"{c.when:%Y.%m.%d} {_oclock(c.when)} {c.name}"),
)
TWO_LINES: tuple[Form, ...] = (
    _over(lambda c: f"{c.name} says:", lambda c: f"{long_date(c.when)} at {_low(c.when)}"),
    _over(lambda c: f"{c.name} says:", lambda c: f"{long_date(c.when)} at {_low(c.when)}"),
    _over(lambda c: f"{c.name} says:", lambda c: f"{long_date(c.when)} at {_low(c.when)}"),
    _over(lambda c: c.name, lambda c: f"{c.when:%B} {_ordinal(c.when.day)}, {c.when.year} at {_low(c.when)}"),
    _over(lambda c: c.name, lambda c: f"{long_date(c.when)}"),
    _over(lambda c: c.name, lambda c: f"{_oclock(c.when)} on {c.when.day} {c.when:%B} {c.when.year}"),
    _over(lambda c: c.name, lambda c: f"{c.when.day} {c.when:%B} {c.when.year} {clock(c.when).replace(' ', '')}"),
    _over(lambda c: f"{c.when.day:02}. {c.when:%b}, {c.when.year}", lambda c: f"{c.name} says:"),
    _over(
        lambda c: f"{c.at + 1}. {c.name} sagt:", lambda c: f"{c.when.day}. Juni {c.when.year} um {_oclock(c.when)} Uhr"
    ),
    _over(lambda c: f"{c.name} dijo:", lambda c: f"{c.when.day} abril {c.when.year} a las {_oclock(c.when)}"),
    _over(lambda c: c.name, lambda c: f"{c.when:%m/%d/%Y} {clock(c.when)}"),
    _over(lambda c: c.name, lambda c: f"{c.rng.randint(2, 6)} days ago"),
    _over(
        lambda c: f"Comment number {c.at + 1}. {c.name}",
        lambda c: f"{c.when:%d}TH {c.when:%B} {c.when.year} - {_oclock(c.when)}".upper(),
    ),
    lambda c: [c.name, f"{long_date(c.when)} {clock(c.when)}", *c.body],
    lambda c: [c.name, f"Posted {long_date(c.when)} at {clock(c.when)}", *c.body],
    _over(lambda c: c.name, lambda c: f"{c.when:%Y.%m.%d. %H:%M}"),
)
DEEPER: tuple[Form, ...] = (
    _over(lambda c: "HUFFPOST SUPER USER", lambda c: c.name, lambda c: "Never give up", lambda c: f"{c.rng.randint(2, 900)} Fans",
          lambda c: f"{c.rng.randint(2, 50)} minutes ago ({clock(c.when)})"),
    _over(lambda c: c.name, lambda c: "Springfield, Ohio", lambda c: f"{c.when:%b}. {c.when.day}, {c.when.year} at {_low(c.when)}"),
    _over(lambda c: f"{c.at + 1}", lambda c: c.name, lambda c: long_date(c.when)),
    _over(lambda c: "YOUR TITLE HERE" if c.at % 2 else "Well now", lambda c: f"written by {c.name}, {long_date(c.when)}"),
    _over(lambda c: c.name, lambda c: "Joined: 2009", lambda c: f"Posts: {c.rng.randint(1, 900)}", lambda c: f"Posted: {c.when:%m/%d/%Y} {clock(c.when)}"),
    lambda c: [c.name, "Member", f"{c.when:%A, %B} {c.when.day}, {c.when.year} - {clock(c.when)}", *c.body],
)  # fmt: skip
FOOTERS: tuple[Form, ...] = (
    _under(lambda c: f"Posted by: {c.name} | {long_date(c.when)} at {clock(c.when)}"),
    _under(lambda c: f"Posted by: {c.name} | {long_date(c.when)} at {clock(c.when)}"),
    _under(
        lambda c: f"Posted by: {c.name} | {c.when:%b} {c.when.day} {c.when.year} {_oclock(c.when)} utc | {c.at + 1}"
    ),
    _under(lambda c: f"Posted by: {c.name} at {long_date(c.when)} {clock(c.when)}"),
    _under(lambda c: f"by {c.name} on {c.when:%b} {c.when.day}, {c.when.year} {clock(c.when)} EDT"),
    _under(lambda c: f"Comment by {c.name} — {c.when:%d.%m, %Y} @ {_oclock(c.when)}"),
    _under(
        lambda c: f"Permalink {c.name}",
        lambda c: f"{c.when:%B} {_ordinal(c.when.day)}, {c.when.year} {_low(c.when).replace(' ', '')}",
    ),
    _under(lambda c: f"- {c.name}, London, {c.when:%d/%m/%Y} {_oclock(c.when)}"),
    lambda c: [f"{c.name} said...", *c.body, f"{long_date(c.when)} {clock(c.when)}"],
    lambda c: [f"{c.name} said...", *c.body, f"{long_date(c.when)} {clock(c.when)}"],
    lambda c: [f"{c.name} said...", *c.body, f"{long_date(c.when)} {clock(c.when)}"],
    lambda c: [f"{c.name} said…", *c.body, f"{c.when.day} {c.when:%B} {c.when.year} {_oclock(c.when)}"],
    lambda c: [c.name, *c.body, f"{long_date(c.when)} at {_low(c.when)} | Reply | Report abuse"],
    lambda c: [c.name, *c.body, f"{c.when:%m/%d/%Y} {clock(c.when)}\nLike\nReply"],
    _under(lambda c: f"{long_date(c.when)} {c.name}"),
)
UNDATED: tuple[Form, ...] = (
    _over(lambda c: f"{c.name} says:"),
    _over(lambda c: f"{c.name} said..."),
    _over(lambda c: f"({c.at + 1}) {c.name} says:"),
    _over(lambda c: f"{c.at + 1}. {c.name}"),
    lambda c: [f"{c.name} · Works at Springfield High", *c.body, f"Reply · {c.rng.randint(1, 9)} · Like · Follow Post"],
    lambda c: [*c.body, f"{c.rng.randint(-3, 9)} ( +{c.rng.randint(1, 9)} / -{c.rng.randint(1, 9)} )"],
    lambda c: [c.name, *c.body, "Reply"],
    lambda c: [c.name, *c.body, "Like   Reply"],
    lambda c: [c.name, *c.body, "Report abuse"],
    lambda c: [c.name, *c.body],
    lambda c: [*c.body],
)
KINDS: dict[str, tuple[float, tuple[Form, ...]]] = {
    "one line": (109, ONE_LINE),
    "two lines": (74, TWO_LINES),
    "deeper": (21, DEEPER),
    "footer": (87, FOOTERS),
    "one only": (60, ONE_LINE[:12] + TWO_LINES[:8] + FOOTERS[:11]),
    "undated": (54, UNDATED),
}
"""How often each kind is met: 114 of 405 captures repeat no dated line, many of them since they have one comment."""


@dataclass
class Paste:
    """A capture, and where its comments begin: the offset of the first line that is theirs; None where there are none."""

    text: str
    begin: int | None
    count: int
    kind: str
    form: int = 0


def _body(rng: Random) -> list[str]:
    blocks = [" ".join(rng.choice(_SAID) for _ in range(rng.choice([1, 1, 2, 3])))]
    while rng.random() < 0.3:
        blocks.append(rng.choice([paragraph(rng, 3), rng.choice(_SAID)]))
    return blocks


def comments(rng: Random, form: Form, count: int) -> list[list[str]]:
    """Return the blocks of `count` comments of a form, mostly in the order of time."""
    when, names = moment(rng), rng.sample(_NAMES, min(len(_NAMES), count // 2 + 3))
    made = []
    for at in range(count):
        when += timedelta(minutes=rng.randint(1, 900) if rng.random() < 0.9 else -rng.randint(1, 90))
        made.append(form(One(rng.choice(names), when, _body(rng), at, rng)))
    return made


def with_comments(rng: Random) -> Paste:
    """Return a capture with an article and comments under it."""
    kind = rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    forms = KINDS[kind][1]
    at = rng.randrange(len(forms))
    count = 1 if kind == "one only" else rng.choice([2, 2, 3, 4, 6, 9, 15, 30])
    found = comments(rng, forms[at], count)
    gap = rng.choices(["\n\n", "\n", "\n\n\n"], [70, 20, 10])[0]
    between = rng.choice([max(gap, "\n\n"), gap + "\n"]) if gap != "\n" or rng.random() < 0.7 else gap
    button = rng.choice(["", "", "", "Reply", "Reply", "Report"]) if kind in ("one line", "two lines") else ""
    thread = between.join(gap.join([*blocks, *([button] if button else [])]) for blocks in found)
    head = rng.choices(
        ["", f"{count} Comments", f"{count} Responses to “Town”", "Comments", f"Comments ({count})"],
        [60, 15, 10, 10, 5],
    )[0]
    text = laid_out(rng, plain(rng)) + rng.choice(["\n\n", "\n\n\n", "\n\n"])
    begin = len(text) + (len(head) + 2 if head else 0)
    text += (head + "\n\n" if head else "") + thread
    if rng.random() < 0.1:
        text += "\n\nLeave a Reply\n\nYour email address will not be published."
    return Paste(noise(rng, text), begin, count, kind, at)


def without_comments(rng: Random) -> Paste:
    """Return a capture of an article alone."""
    return Paste(noise(rng, laid_out(rng, article(rng))), None, 0, "none")


def noise(rng: Random, text: str) -> str:
    """Return the text with what copying adds; every offset stays where it is."""
    if rng.random() < 0.15:
        text = "".join("\u00a0" if char == " " and rng.random() < 0.03 else char for char in text)
    return text
