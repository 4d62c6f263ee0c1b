"""Makes corpora of any size for the benches: the same seed gives the same corpus, document by document.

    python tests/bench/corpus_maker.py FOLDER DOCUMENTS [--seed N] [--per-file N] [--thread COMMENTS]

Written as generic JSON Lines, streaming. Words and pairs of words follow a Zipf law, names come in several
romanisations, comments hold typing errors, and some texts are Korean with names in Hangul.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from tests.bench.made_names import Person, people

SEED = 20180104
WORDS, KOREAN_WORDS = 70_000, 12_000
ROW_COUNT = 50_000
"""Rows of two to four words that come again and again."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMON_WORDS = (
    "the of and to in a is that for it on with as was by at be this from have or not they his an had which but he you we"
    " were their has one all would there what so if about out who more been can will no its when do my than up them into"
    " north south korea talks border missile nuclear summit olympics athletes delegation unification minister army"
)
HANGUL_WORDS = "북한 남한 대한민국 판문점 회담 미사일 핵실험 통일부 장관 대표단 선수단 올림픽 평창 평양 서울 군사 정상 대화 제재 국방부"
PARTICLES = ("", "", "", "은", "이", "을", "의", "에서", "으로", "에", "와", "했다", "하고")
OUTLETS = ("Harbour Post", "Northern Wire", "The Ledger", "한강신문", "Peninsula Daily", "Strait Times")


@dataclass(frozen=True)
class Shape:
    """How large documents are, in words; `comments` is the mean number of comments, `korean` the share in Korean."""

    words: int = 500
    comments: float = 10
    comment_words: int = 45
    korean: float = 0.1


class Maker:
    """Makes documents from one seed. `document(n)` depends on the seed and `n` alone."""

    def __init__(self, seed: int = SEED, shape: Shape | None = None) -> None:
        """Make the vocabulary and the names."""
        self.seed, self.shape = seed, shape or Shape()
        chance = random.Random(seed)
        self.words = [*COMMON_WORDS.split(), *_invented(chance, WORDS)]
        self._weights = _zipf(len(self.words), 2.7, 1.05)
        self.korean_words = [*HANGUL_WORDS.split(), *_invented_korean(chance, KOREAN_WORDS)]
        self._korean_weights = _zipf(len(self.korean_words), 4.0, 0.95)
        self.people = people(chance)
        self._people_weights = _zipf(len(self.people), 5.0, 0.9)
        self._rows = [
            chance.choices(self.words, cum_weights=self._weights, k=chance.randint(2, 4)) for _ in range(ROW_COUNT)
        ]
        self._row_weights = _zipf(ROW_COUNT, 10.0, 0.95)
        self._handles = [
            f"{chance.choice(self.words[200:9000]).title()}{chance.randrange(1000)}" for _ in range(20_000)
        ]

    def documents(self, count: int, start: int = 0) -> Iterator[dict[str, Any]]:
        """Yield documents one by one."""
        for number in range(start, start + count):
            yield self.document(number)

    def document(self, number: int, comments: int | None = None) -> dict[str, Any]:
        """Return one document as a generic record.

        Args:
            number: which one.
            comments: how many comments, by chance where None.
        """
        chance = random.Random(self.seed * 1_000_003 + number)
        named = chance.choices(self.people, cum_weights=self._people_weights, k=chance.randint(2, 6))
        posted = datetime(2010, 1, 1) + timedelta(minutes=chance.randrange(60 * 24 * 365 * 9))
        korean = chance.random() < self.shape.korean
        title = self._sentence(chance, chance.randint(5, 10), named, korean).rstrip(".").title()
        size = max(40, int(chance.lognormvariate(math.log(self.shape.words), 0.45)))
        count = comments
        if count is None:
            count = min(400, int(chance.lognormvariate(math.log(max(self.shape.comments, 0.1)) - 0.5, 1.0)))
        return {
            "title": title,
            "body": "\n\n".join(self._paragraphs(chance, size, named, korean)),
            "published": posted.isoformat(timespec="minutes"),
            "byline": chance.choice(named).latin[0],
            "outlet": chance.choice(OUTLETS),
            "url": f"https://news.example/{self.seed}/{number}",
            "comments": list(self._comments(chance, count, named, posted, korean)),
        }

    def _comments(
        self, chance: random.Random, count: int, named: list[Person], posted: datetime, korean: bool
    ) -> Iterator[dict[str, Any]]:
        for at in range(count):
            posted += timedelta(seconds=int(chance.expovariate(1 / 600)))
            size = min(400, max(3, int(chance.lognormvariate(math.log(self.shape.comment_words) - 0.3, 0.8))))
            text = " ".join(self._paragraphs(chance, size, named, korean))
            yield {
                "id": str(at),
                "parent": str(chance.randrange(max(0, at - 12), at)) if at and chance.random() < 0.45 else None,
                "author": chance.choice(self._handles),
                "posted": posted.isoformat(timespec="seconds"),
                "text": " ".join(typo(chance, word) if chance.random() < 0.008 else word for word in text.split(" ")),
            }

    def _paragraphs(self, chance: random.Random, size: int, named: list[Person], korean: bool) -> Iterator[str]:
        while size > 0:
            length = min(size, chance.randint(30, 60))
            size -= length
            sentences = []
            while length > 0:
                words = min(length, chance.randint(7, 24))
                sentences.append(self._sentence(chance, words, named, korean))
                length -= words
            yield " ".join(sentences)

    def _sentence(self, chance: random.Random, size: int, named: list[Person], korean: bool) -> str:
        in_korean = korean and chance.random() < 0.8
        if in_korean:
            words = chance.choices(self.korean_words, cum_weights=self._korean_weights, k=size)
            words = [word + chance.choice(PARTICLES) for word in words]
        else:
            words = chance.choices(self.words, cum_weights=self._weights, k=size)
            if chance.random() < 0.5:
                row = chance.choices(self._rows, cum_weights=self._row_weights)[0]
                at = chance.randrange(size)
                words[at : at + len(row)] = row
        if chance.random() < 0.3:
            person = chance.choice(named)
            name = person.hangul if in_korean else chance.choice(person.latin)
            words[chance.randrange(size)] = name + (chance.choice(PARTICLES) if in_korean else "")
        if chance.random() < 0.1:
            words[chance.randrange(size)] = str(chance.randint(2, 2018))
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."


def _zipf(count: int, shift: float, slope: float) -> list[float]:
    return list(accumulate(1.0 / (rank + shift) ** slope for rank in range(1, count + 1)))


def _invented(chance: random.Random, count: int) -> list[str]:
    letters = "b br c ch d dr f fl g gr h j k l m n p pl pr qu r s sh st t tr v w", "a e i o u ai ea ee oo ou"
    heads, vowels = (text.split() for text in letters)
    tails = ["", "n", "r", "s", "t", "ng", "st", "ment", "tion", "ly"]
    found: dict[str, None] = {}
    while len(found) < count:
        size = chance.choice((1, 2, 2, 3, 3, 4))
        word = "".join(chance.choice(heads) + chance.choice(vowels) for _ in range(size)) + chance.choice(tails)
        if len(word) > 2:
            found[word] = None
    return sorted(found, key=lambda word: len(word) + chance.gauss(0, 3))


def _invented_korean(chance: random.Random, count: int) -> list[str]:
    onsets, vowels, codas = (
        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
        (0, 1, 4, 6, 8, 12, 13, 18, 20),
        (0, 0, 0, 1, 4, 8, 16, 17, 21),
    )
    order = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = [
            chr(0xAC00 + (order.index(chance.choice(onsets)) * 21 + chance.choice(vowels)) * 28 + chance.choice(codas))
            for _ in range(chance.choice((2, 2, 2, 3, 3, 4)))
        ]
        found["".join(syllables)] = None
    return list(found)


def typo(chance: random.Random, word: str, least: int = 4) -> str:
    """Return the word with one typing error; words under `least` letters stay."""
    if len(word) < least:
        return word
    at = chance.randrange(1, len(word))
    kind = chance.randrange(4)
    letter = chance.choice(LETTERS) if word.isascii() else chance.choice("가나다라마바사")
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + letter + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def write(folder: Path, maker: Maker, count: int, per_file: int = 1000) -> list[Path]:
    """Write documents as JSON Lines files of `per_file` documents; nothing is held in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for start in range(0, count, per_file):
        path = folder / f"part-{start // per_file:05d}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for record in maker.documents(min(per_file, count - start), start):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        paths.append(path)
    return paths


def main() -> None:
    """Make a corpus from the command line."""
    parser = argparse.ArgumentParser(description="Make a corpus for the benches.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--per-file", type=int, default=1000)
    parser.add_argument("--thread", type=int, default=0, help="also one document with this many comments")
    options = parser.parse_args()
    maker = Maker(options.seed)
    write(options.folder, maker, options.documents, options.per_file)
    if options.thread:
        record = maker.document(options.documents, options.thread)
        (options.folder / "thread.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
