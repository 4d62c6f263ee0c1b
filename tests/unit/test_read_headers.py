"""Comment headers in pasted text: every shape that pages print, found without knowing the page."""

from __future__ import annotations

import pytest

from corpus.model import Capture, Document
from corpus.read.captured_text import read_text

ARTICLE = """Talks at the border end without a date for the next round

The two delegations met for eleven hours in the house on the southern side of the line, and parted late.

Officials on both sides said afterwards that the tone had been calm, and that papers would be exchanged soon.
"""
BODIES = (
    "They always part late.\n\nAnd then nothing comes of it.",
    "I would not be so sure: the papers matter.",
    "Eleven hours is short for them.",
)


def read(text: str) -> Document:
    return read_text(text, Capture("paste.txt"))


def above(*headers: str) -> Document:
    """Read the article with each header over its body."""
    return read(
        ARTICLE + "\n\n" + "\n\n".join(f"{head}\n\n{body}" for head, body in zip(headers, BODIES, strict=False))
    )


def below(*footers: str, heading: str = "Comments\n\n") -> Document:
    """Read the article with each footer under its body."""
    return read(
        ARTICLE + "\n" + heading + "\n\n".join(f"{body}\n\n{foot}" for foot, body in zip(footers, BODIES, strict=False))
    )


SHAPES = {
    "name, weekday and date": (
        ("Old Salt Thu, 01/04/2018 - 21:59", "b_2 Thu, 01/04/2018 - 22:03", "stand by Fri, 01/05/2018 - 02:26"),
        ("Old Salt", "b_2", "stand by"),
        ("2018-01-04T21:59", "2018-01-04T22:03", "2018-01-05T02:26"),
    ),
    "date, id, name, and the name again": (
        (
            "Thu, 08/09/2012 - 14:32 | 2691789 Old Salt\n\nOld Salt's picture",
            "Thu, 08/09/2012 - 14:40 | 2691801 b_2\n\nb_2",
            "Fri, 08/10/2012 - 09:01 | 2692000 Kim Deok-su\n\nKim Deok-su",
        ),
        ("Old Salt", "b_2", "Kim Deok-su"),
        ("2012-08-09T14:32", "2012-08-09T14:40", "2012-08-10T09:01"),
    ),
    "date — name (not verified)": (
        (
            "Fri, 2012-11-09 18:05 — Old Salt (not verified)",
            "Fri, 2012-11-09 18:09 — b_2",
            "Sat, 2012-11-10 07:00 — Ann",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2012-11-09T18:05", "2012-11-09T18:09", "2012-11-10T07:00"),
    ),
    "submitted by": (
        (
            "Submitted by Old Salt on Tue, 03/13/2018 - 5:18pm",
            "Submitted by b_2 on Tue, 03/13/2018 - 5:40pm",
            "Submitted by Ann on Wed, 03/14/2018 - 12:05am",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2018-03-13T17:18", "2018-03-13T17:40", "2018-03-14T00:05"),
    ),
    "weekday in another language": (
        ("Jürgen | Di, 21. April 2020 - 16:40", "b_2 | Di, 21. April 2020 - 17:07", "Ann | Mi, 22. April 2020 - 08:59"),
        ("Jürgen", "b_2", "Ann"),
        ("2020-04-21T16:40", "2020-04-21T17:07", "2020-04-22T08:59"),
    ),
    "name and long date": (
        ("Old Salt July 7, 2012 at 12:27 am", "b_2 July 7, 2012 at 12:31 pm", "Ann July 8, 2012 at 1:02 pm"),
        ("Old Salt", "b_2", "Ann"),
        ("2012-07-07T00:27", "2012-07-07T12:31", "2012-07-08T13:02"),
    ),
    "says, date below": (
        (
            "Old Salt says:\nNovember 5, 2012 at 10:52 am",
            "b_2 says:\nNovember 5, 2012 at 11:07 am",
            "Ann says:\nNovember 6, 2012 at 9:00 pm",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2012-11-05T10:52", "2012-11-05T11:07", "2012-11-06T21:00"),
    ),
    "numbered, says": (
        (
            "1. Old Salt sagt:\n23. Juni 2016 um 17:21 Uhr",
            "2. b_2 sagt:\n23. Juni 2016 um 18:47 Uhr",
            "3. Ann sagt:\n27. Juni 2016 um 12:09 Uhr",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2016-06-23T17:21", "2016-06-23T18:47", "2016-06-27T12:09"),
    ),
    "name line and date line": (
        (
            "Old Salt\nOctober 1st, 2012 at 2:04 pm",
            "b_2\nOctober 1st, 2012 at 2:09 pm",
            "Ann\nOctober 2nd, 2012 at 8:15 am",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2012-10-01T14:04", "2012-10-01T14:09", "2012-10-02T08:15"),
    ),
    "name on date said": (
        (
            "Old Salt on July 10th, 2012 at 1:26 am said:",
            "b_2 on July 10th, 2012 at 2:00 am said:",
            "Ann on July 11th, 2012 at 3:33 pm said:",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2012-07-10T01:26", "2012-07-10T02:00", "2012-07-11T15:33"),
    ),
    "on date at time name": (
        ("on 25 Oct 2012 at 7:20 pm Old Salt", "on 25 Oct 2012 at 7:41 pm b_2", "on 26 Oct 2012 at 6:00 am Ann"),
        ("Old Salt", "b_2", "Ann"),
        ("2012-10-25T19:20", "2012-10-25T19:41", "2012-10-26T06:00"),
    ),
    "number, name, date without a clock": (
        ("1. Old Salt - 9 December, 2011", "2. b_2 - 9 December, 2011", "3. Ann - 11 December, 2011"),
        ("Old Salt", "b_2", "Ann"),
        ("2011-12-09", "2011-12-09", "2011-12-11"),
    ),
    "French": (
        (
            "Soumis par Old Salt, le lundi 29 octobre 2012 à 15h46",
            "Soumis par b_2, le lundi 29 octobre 2012 à 16h02",
            "Soumis par Ann, le mardi 30 octobre 2012 à 08h07",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2012-10-29T15:46", "2012-10-29T16:02", "2012-10-30T08:07"),
    ),
    "Korean, one line": (
        ("김철수 2024.05.01 10:00", "이영희 2024.05.01 10:05", "abcd**** 2024.05.02 09:12"),
        ("김철수", "이영희", "abcd****"),
        ("2024-05-01T10:00", "2024-05-01T10:05", "2024-05-02T09:12"),
    ),
    "Korean, two lines": (
        ("김철수\n2018.01.04. 21:59", "이영희\n2018.01.04. 22:03", "abcd****\n2018.01.05. 02:26"),
        ("김철수", "이영희", "abcd****"),
        ("2018-01-04T21:59", "2018-01-04T22:03", "2018-01-05T02:26"),
    ),
    "Korean, half days": (
        ("김철수 2018년 1월 4일 오후 9:59", "이영희 2018년 1월 4일 오후 10:03", "박 2018년 1월 5일 오전 12:26"),
        ("김철수", "이영희", "박"),
        ("2018-01-04T21:59", "2018-01-04T22:03", "2018-01-05T00:26"),
    ),
    "zone": (
        (
            "Old Salt — 2018-01-04 21:59 UTC",
            "b_2 — 2018-01-04 22:03 UTC",
            "Ann — 2018-01-05 02:26 UTC",
        ),
        ("Old Salt", "b_2", "Ann"),
        ("2018-01-04T21:59Z", "2018-01-04T22:03Z", "2018-01-05T02:26Z"),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_header_over_its_comment(shape: str) -> None:
    headers, authors, times = SHAPES[shape]
    document = above(*headers)
    assert [comment.author for comment in document.comments] == list(authors)
    assert [comment.posted for comment in document.comments] == list(times)
    assert [comment.text for comment in document.comments] == list(BODIES)
    assert len(document.paragraphs) == 2


FOOTERS = {
    "posted by, bar": (
        (
            "Posted by: Old Salt | June 15, 2012 at 09:38 AM",
            "Posted by: b_2 | June 15, 2012 at 10:11 PM",
            "Posted by: Ann | June 16, 2012 at 07:00 AM",
        ),
        ("2012-06-15T09:38", "2012-06-15T22:11", "2012-06-16T07:00"),
    ),
    "posted by, number": (
        (
            "Posted by: Old Salt | Mar 9 2018 20:58 utc | 1",
            "Posted by: b_2 | Mar 9 2018 21:06 utc | 2",
            "Posted by: Ann | Mar 10 2018 1:30 utc | 3",
        ),
        ("2018-03-09T20:58Z", "2018-03-09T21:06Z", "2018-03-10T01:30Z"),
    ),
    "by on": (
        (
            "by Old Salt on Aug 9, 2012 9:38 AM EDT",
            "by b_2 on Aug 9, 2012 9:52 AM EDT",
            "by Ann on Aug 10, 2012 1:00 PM EDT",
        ),
        ("2012-08-09T09:38-04:00", "2012-08-09T09:52-04:00", "2012-08-10T13:00-04:00"),
    ),
    "comment by": (
        (
            "Comment by Old Salt — 17.07, 2011 @ 13:04",
            "Comment by b_2 — 17.07, 2011 @ 13:31",
            "Comment by Ann — 18.07, 2011 @ 08:00",
        ),
        ("2011-07-17T13:04", "2011-07-17T13:31", "2011-07-18T08:00"),
    ),
}


@pytest.mark.parametrize("shape", FOOTERS)
def test_footer_under_its_comment(shape: str) -> None:
    footers, times = FOOTERS[shape]
    document = below(*footers)
    assert [comment.author for comment in document.comments] == ["Old Salt", "b_2", "Ann"]
    assert [comment.posted for comment in document.comments] == list(times)
    assert [comment.text for comment in document.comments] == list(BODIES)


def test_footers_without_a_heading_take_the_last_paragraph_and_say_so() -> None:
    document = below(*FOOTERS["posted by, bar"][0], heading="")
    assert [comment.text for comment in document.comments][1:] == list(BODIES)[1:]
    assert any("where the first comment begins" in problem for problem in document.problems)


def test_name_over_the_body_and_date_under_it() -> None:
    names, dates = (
        ("Old Salt said...", "b_2 said...", "Ann said..."),
        (
            "September 10, 2012 4:45 AM",
            "September 10, 2012 5:01 AM",
            "September 11, 2012 6:00 PM",
        ),
    )
    comments = "\n\n".join(f"{name}\n\n{body}\n\n{date}" for name, body, date in zip(names, BODIES, dates, strict=True))
    document = read(f"{ARTICLE}\n\n3 comments:\n\n{comments}\n")
    assert [comment.author for comment in document.comments] == ["Old Salt", "b_2", "Ann"]
    assert [comment.posted for comment in document.comments] == [
        "2012-09-10T04:45",
        "2012-09-10T05:01",
        "2012-09-11T18:00",
    ]
    assert [comment.text for comment in document.comments] == list(BODIES)


def test_name_glued_to_the_date() -> None:
    document = above(
        "ElizabethOctober 29, 2012 1:24 PM", "Dan RenaeOctober 29, 2012 1:40 PM", "b_2October 30, 2012 9:00 AM"
    )
    assert [comment.author for comment in document.comments] == ["Elizabeth", "Dan Renae", "b_2"]


def test_weekday_settles_month_and_day_for_the_whole_capture() -> None:
    # 12 March and 3 December 2018 were both Mondays; the Tuesday settles it
    document = above("A Mon, 03/12/2018 - 17:18", "B Tue, 03/13/2018 - 09:00")
    assert [comment.posted for comment in document.comments] == ["2018-03-12T17:18", "2018-03-13T09:00"]


def test_dates_that_nothing_settles_stay_words() -> None:
    document = above("Old Salt 03/04/2018 10:04", "b_2 03/04/2018 11:17", "Ann 05/04/2018 12:00")
    assert [comment.posted for comment in document.comments] == [None, None, None]
    assert document.comments[0].posted_raw == "03/04/2018 10:04"
    assert any("month or the day first" in problem for problem in document.problems)


def test_weekdays_that_do_not_fit_are_no_headers() -> None:
    document = above("Meeting notes Mon, 01/04/2018 - 21:59", "Later notes Mon, 01/04/2018 - 22:59")
    assert len(document.comments) == 0


def test_dates_in_running_text_are_no_headers() -> None:
    text = (
        ARTICLE + "\n\nThe first round was held on January 9, 2018.\n\nThe second one followed on February 3, 2018.\n"
    )
    assert len(read(text).comments) == 0


def test_a_list_of_other_articles_is_no_thread() -> None:
    links = "\n".join(f"Headline number {n} about the talks\nAugust {n}, 2018" for n in range(1, 7))
    assert len(read(f"{ARTICLE}\n\nRelated articles\n\n{links}\n").comments) == 0


def test_impossible_date_is_a_boundary_without_a_time() -> None:
    document = above("Old Salt Thu, 01/04/2018 - 21:59", "b_2 Thu, 99/99/9999 - 99:99", "Ann Thu, 01/04/2018 - 22:05")
    assert [comment.posted for comment in document.comments] == ["2018-01-04T21:59", None, "2018-01-04T22:05"]
    assert document.comments[1].posted_raw == "Thu, 99/99/9999 - 99:99"
    assert document.comments[1].text == BODIES[1]
    assert any("date that does not exist" in problem for problem in document.problems)


def test_relative_times_are_kept_as_words() -> None:
    document = above("Old Salt 3 hours ago", "b_2 2 hours ago", "Ann 45 minutes ago")
    assert [comment.posted_raw for comment in document.comments] == ["3 hours ago", "2 hours ago", "45 minutes ago"]
    assert all(comment.posted is None for comment in document.comments)


def test_a_single_header_needs_a_weekday_that_fits_or_an_article_above_it() -> None:
    assert [comment.author for comment in above("Old Salt Thu, 01/04/2018 - 21:59").comments] == ["Old Salt"]
    assert [comment.author for comment in above("Old Salt 01/04/2018 - 21:59").comments] == ["Old Salt"]
    assert len(read(f"Talks end\n\nOld Salt 01/04/2018 - 21:59\n\n{BODIES[0]}\n").comments) == 0
    assert len(above("Old Salt Fri, 01/04/2018 - 21:59").comments) == 0


def test_full_hours_are_those_of_events() -> None:
    document = above(
        "Farmers Market July 3, 2012 10:00 AM", "Town Hall July 5, 2012 6:30 PM", "Jazz July 8, 2012 7:00 PM"
    )
    assert len(document.comments) == 0


def test_names_without_any_date() -> None:
    document = above("Old Salt says:", "b_2 says:", "Ann says:")
    assert [comment.author for comment in document.comments] == ["Old Salt", "b_2", "Ann"]
    assert all(comment.posted is None and comment.posted_raw is None for comment in document.comments)


def test_nameless_comments_get_no_names() -> None:
    votes = "\n\n".join(f"{body}\n\n3 ( +7 / -4 )" for body in BODIES[1:])
    document = read(f"{ARTICLE}\n\nComments\n\n{votes}\n")
    assert all(comment.author is None and comment.kind == "block" for comment in document.comments)
    assert any("names and dates are not in the capture" in problem for problem in document.problems)
    assert document.comments[0].text == BODIES[1]


def test_a_pasted_header_names_what_is_answered() -> None:
    document = read(
        ARTICLE
        + "\n\nOld Salt says:\nNovember 19, 2019 at 12:28 pm\n\nThe look on their faces.\n\n"
        + "b_2 says:\nNovember 19, 2019 at 1:00 pm\n\nNonsense.\n\n"
        + "Ann says:\nNovember 19, 2019 at 2:00 pm\n\n"
        + "Old Salt says:\nNovember 19, 2019 at 12:28 pm\n\nThe look on their faces.\n\n====\n\nWell said.\n"
    )
    assert [comment.author for comment in document.comments] == ["Old Salt", "b_2", "Ann"]
    last = document.comments[2]
    assert last.parent == document.comments[0].id
    assert "Well said." in last.text
    assert "Old Salt says:" in last.text


def test_the_same_comment_twice_is_two_comments() -> None:
    head = "Old Salt Thu, 01/04/2018 - 21:59"
    document = read(
        f"{ARTICLE}\n\n{head}\n\nSame words.\n\nAnn Thu, 01/04/2018 - 22:05\n\nOther.\n\n{head}\n\nSame words.\n"
    )
    assert [comment.text for comment in document.comments] == ["Same words.", "Other.", "Same words."]
    assert len({comment.id for comment in document.comments}) == 3


def test_indentation_is_depth() -> None:
    document = read(
        ARTICLE
        + "\n\n  Old Salt | Thu, 01/04/2018 - 21:59\n\n    First.\n\n"
        + "    b_2 | Thu, 01/04/2018 - 22:05\n\n      Second.\n\n"
        + "  Ann | Thu, 01/04/2018 - 22:09\n\n    Third.\n"
    )
    first, second, third = document.comments
    assert [comment.depth for comment in document.comments] == [0, 1, 0]
    assert second.parent == first.id
    assert third.parent is None
    assert second.reply is not None
    assert second.reply.relation == "stated"
    assert second.text == "Second."


def test_buttons_and_votes_under_a_comment_are_put_aside() -> None:
    document = read(
        ARTICLE
        + "\n\n김철수\n2018.01.04. 21:59\n첫 댓글입니다\n답글 0\n공감 5 비공감 1\n\n이영희\n2018.01.04. 22:03\n둘째 댓글입니다\n답글 0\n공감 2 비공감 0\n"
    )
    assert [comment.text for comment in document.comments] == ["첫 댓글입니다", "둘째 댓글입니다"]
    votes = document.comments[0].votes
    assert votes is not None
    assert (votes.up, votes.down) == (5, 1)


def test_in_reply_to_is_a_stated_parent() -> None:
    document = above(
        "Old Salt | Thu, 01/04/2018 - 21:59",
        "b_2 | Thu, 01/04/2018 - 22:05\n\nIn reply to The first of them by Old Salt",
    )
    assert document.comments[1].parent == document.comments[0].id
    assert document.comments[1].text == BODIES[1]


def test_a_form_under_the_comments_is_folded() -> None:
    document = read(
        ARTICLE
        + "\n\nOld Salt Thu, 01/04/2018 - 21:59\n\nFirst.\n\nLeave a Reply\n\nYour email address will not be published.\n"
    )
    assert [comment.text for comment in document.comments] == ["First."]
    assert [folded.reason for folded in document.folded] == ["under the comments", "under the comments"]


def test_numbers_in_the_list_are_no_ids_and_large_ones_are() -> None:
    assert above(*SHAPES["date, id, name, and the name again"][0]).comments[0].id == "2691789"
    numbered = above(*SHAPES["numbered, says"][0])
    assert numbered.comments[0].extra == {"number": "1"}
    assert numbered.comments[0].id.startswith("c")
