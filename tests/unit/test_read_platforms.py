"""Comments of the known systems, each in a small page that has its markup: names, times, structure and text."""

from __future__ import annotations

import pytest

from corpus.model import Capture, Document
from corpus.read import read_bytes

LONG = "The two delegations met for eleven hours in the house on the southern side of the line, and parted late in the evening."
ARTICLE = f"<article><h1>Talks end</h1><p>{LONG}</p><p>{LONG}</p></article>"

Row = tuple[str | None, str | None, str, int]
"""Author, time, text and depth."""

ANN: Row = ("Ann", "2018-01-04T21:59", "First thought.", 0)
BO: Row = ("Bo", "2018-01-04T22:01", "An answer.", 1)


def page(body: str, head: str = "<title>Talks end</title>") -> Document:
    data = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()
    [document] = read_bytes(data, Capture("x.html"))
    assert isinstance(document, Document)
    return document


def rows(document: Document) -> list[Row]:
    return [(item.author, (item.posted or "")[:16] or None, item.text, item.depth) for item in document.comments]


PAGES = {
    "WordPress": ARTICLE
    + "<h2>2 comments</h2><ol class=comment-list><li class='comment depth-1' id=comment-1><article id=div-comment-1 class=comment-body><footer class=comment-meta><div class='comment-author vcard'><b class=fn>Ann</b> <span class=says>says:</span></div>"
    "<div class=comment-metadata><a href='https://news.example/1#comment-1'><time datetime='2018-01-04T21:59:00+09:00'>4 January</time></a></div></footer><div class=comment-content><p>First thought.</p></div><div class=reply><a class=comment-reply-link href='?replytocom=1'>Reply</a></div></article>"
    "<ol class=children><li class='comment depth-2' id=comment-2><article id=div-comment-2 class=comment-body><footer class=comment-meta><b class=fn>Bo</b> <time datetime='2018-01-04T22:01:00+09:00'>4 January</time></footer><div class=comment-content><p>An answer.</p></div></article></li></ol></li></ol>",
    "Drupal 7": ARTICLE
    + "<section id=comments><a id=comment-11></a><article class=comment typeof='sioc:Post sioct:Comment'><p class=submitted><span property='dc:date' content='2018-01-04T21:59:00+09:00'><span class=username property='foaf:name'>Ann</span> - <time pubdate datetime='2018-01-04T21:59:00+09:00'>4 January 2018</time></span></p>"
    "<div class='field field-name-comment-body'><p>First thought.</p></div></article><div class=indented><a id=comment-12></a><article class=comment typeof='sioc:Post sioct:Comment'><span class=username>Bo</span><time datetime='2018-01-04T22:01:00+09:00'>later</time>"
    "<span rel='sioc:reply_of' resource='/comment/11#comment-11'></span><div class='field field-name-comment-body'><p>An answer.</p></div></article></div></section>",
    "Drupal 8": ARTICLE
    + "<section><article id=comment-214 typeof='schema:Comment' class='js-comment comment'><footer><h6>Ann | Thu, 4 January 2018 - 21:59 <span property='schema:dateCreated' content='2018-01-04T12:59:07+00:00' class=hidden></span></h6></footer><div property='schema:text'><p>First thought.</p></div></article>"
    "<div class=indented><article id=comment-215 typeof='schema:Comment' class='js-comment comment'><footer><h6>Bo | Thu, 4 January 2018 - 22:01 <span property='schema:dateCreated' content='2018-01-04T13:01:00+00:00'></span></h6><p class=visually-hidden>In reply to <a href='/comment/214#comment-214'>Title</a> by <span typeof='schema:Person'>Guest</span></p></footer>"
    "<div property='schema:text'><p>An answer.</p></div></article></div></section>",
    "microdata": ARTICLE
    + "<div itemprop=comment itemscope itemtype='https://schema.org/Comment' id=comment-7><span itemprop=author>Ann</span><time datetime='2018-01-04T21:59'>4 Jan</time><div itemprop=text>First thought.</div>"
    "<div itemprop=comment itemscope itemtype='https://schema.org/Comment' id=comment-8><span itemprop=author>Bo</span><time datetime='2018-01-04T22:01'>4 Jan</time><div itemprop=text>An answer.</div></div></div>",
    "Hacker News": "<table class=fatitem><tr class=athing><td><span class=titleline><a href='https://other.example/'>Talks end</a></span></td></tr></table><table>"
    "<tr class='athing comtr' id=91><td><table><tr><td class=ind indent=0></td><td><a class=hnuser>Ann</a> <span class=age title='2018-01-04T21:59:00 1515103140'><a href='item?id=91'>on Jan 4, 2018</a></span><div class=comment><div class=commtext>First thought.</div></div></td></tr></table></td></tr>"
    "<tr class='athing comtr' id=92><td><table><tr><td class=ind><img src=s.gif width=40></td><td><a class=hnuser>Bo</a> <span class=age title='2018-01-04T22:01:00 1515103260'>on Jan 4, 2018</span><div class=comment><div class=commtext>An answer.</div></div></td></tr></table></td></tr></table>",
    "old Reddit": "<div class='thing link'><a class=title href='https://other.example/'>Talks end</a></div><div class=commentarea><div class=sitetable>"
    "<div class='thing comment' data-fullname=t1_aa1><div class=entry><p class=tagline><a class=author>Ann</a> <span class='score unvoted' title=5>5 points</span> <time datetime='2018-01-04T21:59:00+00:00'>1 day ago</time></p><div class=usertext-body><div class=md><p>First thought.</p></div></div></div>"
    "<div class=child><div class=sitetable><div class='thing comment' data-fullname=t1_aa2><p class=tagline><a class=author>Bo</a> <time datetime='2018-01-04T22:01:00+00:00'>1 day ago</time></p><div class=usertext-body><div class=md><p>An answer.</p></div></div></div></div></div></div></div></div>",
    "new Reddit": "<shreddit-post><h1>Talks end</h1></shreddit-post><shreddit-comment author=Ann thingid=t1_aa1 depth=0 score=5 permalink='/r/x/1'><time datetime='2018-01-04T21:59:00+00:00'>1 day ago</time><div slot=comment><p>First thought.</p></div>"
    "<shreddit-comment author=Bo thingid=t1_aa2 parentid=t1_aa1 depth=1 score=1><time datetime='2018-01-04T22:01:00+00:00'>1 day ago</time><div slot=comment><p>An answer.</p></div></shreddit-comment></shreddit-comment>",
    "Blogger": ARTICLE
    + "<div class=comment-thread><ol><li class=comment id=c101><div class=comment-block><div class=comment-header><cite class=user><a>Ann</a></cite><span class='datetime secondary-text'><a href='https://b.example/1#c101'>January 4, 2018 at 9:59 PM</a></span></div><p class=comment-content>First thought.</p></div>"
    "<div class=comment-replies><ol><li class=comment id=c102><div class=comment-block><div class=comment-header><cite class=user>Bo</cite><span class=datetime>January 4, 2018 at 10:01 PM</span></div><p class=comment-content>An answer.</p></div></li></ol></div></li></ol></div>",
    "Slashdot": ARTICLE
    + "<ul id=commentlisting><li id=tree_1 class=comment><div class=title><h4><a>Hm</a></h4><span class=score>(Score:5)</span></div><div class=details><span class=by>by <a>Ann</a></span><span class=otherdetails>on Thursday January 4, 2018 @09:59PM</span></div><div class=commentBody><div id=comment_body_1>First thought.</div></div>"
    "<ul><li id=tree_2 class=comment><div class=details><span class=by>by <a>Bo</a></span><span class=otherdetails>on Thursday January 4, 2018 @10:01PM</span></div><div class=commentBody><div id=comment_body_2>An answer.</div></div></li></ul></li></ul>",
    "Disqus": ARTICLE
    + "<ul><li class=post id=post-1><div class=post-content><span class=post-byline><span class=author>Ann</span></span><a class=time-ago title='2018-01-04T21:59'>5 years ago</a><div class=post-message><p>First thought.</p></div></div><ul class=children><li class=post id=post-2><span class=post-byline><span class=author>Bo</span></span><a class=time-ago title='2018-01-04T22:01'>5 years ago</a><div class=post-message><p>An answer.</p></div></li></ul></li></ul>",
    "YouTube": "<h1>Talks end</h1><ytd-comment-thread-renderer><ytd-comment-view-model><a id=author-text>Ann</a><span id=published-time-text>January 4, 2018, 21:59</span><div id=content-text>First thought.</div><span id=vote-count-middle>12</span></ytd-comment-view-model>"
    "<ytd-comment-replies-renderer><ytd-comment-view-model><a id=author-text>Bo</a><span id=published-time-text>January 4, 2018, 22:01</span><div id=content-text>An answer.</div></ytd-comment-view-model></ytd-comment-replies-renderer></ytd-comment-thread-renderer>",
    "Naver": ARTICLE
    + "<ul class=u_cbox_list><li class=u_cbox_comment data-info=\"commentNo:'501',deleted:'false'\"><div class=u_cbox_comment_box><span class=u_cbox_nick>Ann</span><span class=u_cbox_contents>First thought.</span><span class=u_cbox_date data-value='2018-01-04T21:59:00+0900'>2018.01.04. 21:59</span><em class=u_cbox_cnt_recomm>7</em><em class=u_cbox_cnt_unrecomm>2</em></div>"
    "<div class=u_cbox_reply_area><ul><li class=u_cbox_comment data-info=\"commentNo:'502'\"><span class=u_cbox_nick>Bo</span><span class=u_cbox_contents>An answer.</span><span class=u_cbox_date data-value='2018-01-04T22:01:00+0900'>2018.01.04. 22:01</span></li></ul></div></li></ul>",
    "DC Inside": "<h3 class=title_subject>Talks end</h3><div class=write_div><p>"
    + LONG
    + "</p></div><ul class=cmt_list><li id=comment_li_601 class=ub-content><div class=cmt_info><span class='gall_writer ub-writer'><span class=nickname><em>Ann</em></span></span><p class='usertxt ub-word'>First thought.</p><span class=date_time>2018.01.04 21:59:00</span></div></li>"
    "<li><ul class=reply_list id=reply_list_601><li id=reply_li_602 class=ub-content><span class='gall_writer ub-writer'><span class=nickname><em>Bo</em></span></span><p class='usertxt ub-word'>An answer.</p><span class=date_time>2018.01.04 22:01:00</span></li></ul></li></ul>",
    "FMKorea": f"<div class=rd_body><div class=xe_content><p>{LONG}</p></div></div><h1>Talks end</h1>"
    "<ul class=fdb_lst_ul><li id=comment_701 class='fdb_itm clear'><div class=meta><a class=member_plate>Ann</a><span class=date>2018.01.04 21:59</span></div><div class='comment_701 xe_content'>First thought.</div></li>"
    "<li id=comment_702 class='fdb_itm clear re' style='margin-left:2%'><div class=meta><a class=member_plate>Bo</a><span class=date>2018.01.04 22:01</span></div><div class='comment_702 xe_content'>An answer.</div></li></ul>",
    "Clien": f"<h3 class=post_subject>Talks end</h3><div class=post_article><p>{LONG}</p></div>"
    "<div class=comment><div class=comment_row data-comment-sn=801><span class=nickname>Ann</span><span class=timestamp>2018-01-04 21:59:00</span><div class=comment_view>First thought.</div></div>"
    "<div class='comment_row re' data-comment-sn=802><span class=nickname>Bo</span><span class=timestamp>2018-01-04 22:01:00</span><div class=comment_view>An answer.</div></div></div>",
    "Ruliweb": f"<h4 class=subject_text>Talks end</h4><div class=view_content><p>{LONG}</p></div><div class=comment_view><table><tr id=ct_901 class='comment_element normal'><td><span class=nick>Ann</span></td><td><div class=text_wrapper><span class=text>First thought.</span></div></td><td><span class=time>2018.01.04 21:59</span></td></tr>"
    "<tr id=ct_902 class='comment_element normal child'><td><span class=nick>Bo</span></td><td><div class=text_wrapper><span class=text>An answer.</span></div></td><td><span class=time>2018.01.04 22:01</span></td></tr></table></div>",
    "GeekNews": ARTICLE
    + "<div class=comment_row id=cid11 style='--depth:0'><div class=commentinfo><a href='/@Ann'>Ann</a> <time datetime='2018-01-04T21:59:00+09:00'>1</time></div><span class=comment_contents>First thought.</span></div>"
    "<div class=comment_row id=cid12 style='--depth:1'><div class=commentinfo><a href='/@Bo'>Bo</a> <time datetime='2018-01-04T22:01:00+09:00'>1</time></div><span class=comment_contents>An answer.</span></div>",
    "JSON-LD": ARTICLE
    + '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks end","comment":[{"@type":"Comment","@id":"#c1","author":{"name":"Ann"},"dateCreated":"2018-01-04T21:59","text":"First thought.","comment":[{"@type":"Comment","author":"Bo","datePublished":"2018-01-04T22:01","text":"An answer."}]}]}</script>',
    "JSON-LD with parentItem": ARTICLE
    + '<script type="application/ld+json">{"@graph":[{"@type":"Comment","@id":"#c1","author":{"@id":"#ann"},"dateCreated":"2018-01-04T21:59","text":"First thought."},{"@type":"Comment","@id":"#c2","parentItem":{"@id":"#c1"},"author":"Bo","dateCreated":"2018-01-04T22:01","text":"An answer."},{"@type":"Person","@id":"#ann","name":"Ann"}]}</script>',
}


@pytest.mark.parametrize("name", PAGES)
def test_two_comments(name: str) -> None:
    document = page(PAGES[name])
    assert rows(document) == [ANN, BO]
    assert document.title == "Talks end"
    assert document.comments[1].parent == document.comments[0].id
    assert "First thought." not in document.body
    assert not any("First thought." in part.text for part in document.folded)


def test_ids_addresses_and_votes() -> None:
    word_press = page(PAGES["WordPress"])
    assert [item.id for item in word_press.comments] == ["1", "2"]
    assert word_press.comments[0].url == "https://news.example/1#comment-1"
    assert word_press.stated_comment_count is not None
    assert word_press.stated_comment_count.n == 2
    naver = page(PAGES["Naver"]).comments[0]
    assert (naver.id, naver.votes and (naver.votes.up, naver.votes.down)) == ("501", (7, 2))
    reddit = page(PAGES["old Reddit"]).comments[0]
    assert reddit.votes is not None
    assert (reddit.id, reddit.votes.score) == ("aa1", 5)


def test_a_clock_shown_beside_utc_states_the_zone() -> None:
    comment = page(PAGES["Drupal 8"]).comments[0]
    assert (comment.posted, comment.posted_raw) == ("2018-01-04T21:59:07+09:00", "Thu, 4 January 2018 - 21:59")


def test_flat_list_without_classes_and_with_signatures() -> None:
    document = page(
        ARTICLE
        + "<h2>2 Comments</h2><ol id=commentlist><li id=comment-5><p>First thought.</p><p><cite>Comment by <a>Ann</a> — 17.07, 2011 @ <a>13:04</a></cite></p></li>"
        "<li id=comment-6><p>Another.</p><p><cite>Comment by Bo — 17.07, 2011 @ <a>13:10</a></cite></p></li></ol>"
    )
    assert rows(document) == [
        ("Ann", "2011-07-17T13:04", "First thought.", 0),
        ("Bo", "2011-07-17T13:10", "Another.", 0),
    ]


def test_pingbacks_apart_and_widgets_left_out() -> None:
    document = page(
        ARTICLE
        + "<ol class=comment-list><li class=comment id=comment-1><b class=fn>Ann</b><time datetime='2018-01-04'>4</time><div class=comment-content><p>Yes.</p></div></li>"
        "<li class=pingback id=comment-2><div class=comment-body>Pingback: <a href='https://other.example/'>Elsewhere</a></div></li></ol>"
        "<aside class=widget><ul id=recentcomments><li class=comment id=comment-9><b class=fn>Cy</b> on <p>Another article</p></li></ul></aside>"
    )
    assert [(item.kind, item.author) for item in document.comments] == [("comment", "Ann"), ("pingback", None)]
    assert document.comments[1].links[0].url == "https://other.example/"


def test_deleted_and_flagged() -> None:
    document = page(
        "<table><tr class='athing comtr' id=1><td class=ind indent=0></td><td><a class=hnuser>a1</a><span class=age title='2018-01-04T21:59:00 1515103140'>x</span><div class=comment>[flagged]</div></td></tr></table><h1>T</h1>"
    )
    [comment] = document.comments
    assert (comment.kind, comment.state, comment.text) == ("deleted", "flagged", "")


@pytest.mark.parametrize(
    ("markup", "service"),
    [
        ("<div id=disqus_thread></div>", "Disqus"),
        ("<div class=fb-comments></div>", "Facebook"),
        ("<div id=cbox_module></div>", "Naver"),
        ("<div id=lv-container></div>", "LiveRe"),
    ],
)
def test_comments_that_are_elsewhere(markup: str, service: str) -> None:
    document = page(ARTICLE + markup)
    assert not document.comments
    assert document.problems == (f"the comments of this page come from {service}; they were not in this capture",)


def test_forums_first_contribution_is_the_article() -> None:
    document = page(
        "<h1>Talks end</h1>"
        + "".join(
            f"<article class=message data-content=post-{at}><h4 class=message-name><a class=username>{name}</a></h4><time datetime='2018-01-04T21:5{at}:00+0900'>4 January</time><div class=message-body><div class=bbWrapper>{text}</div></div></article>"
            for at, (name, text) in enumerate((("Ann", LONG), ("Bo", "An answer."), ("Cy", "One more.")))
        )
    )
    assert (document.body, document.byline, document.published) == (LONG, ("Ann",), "2018-01-04T21:50:00+09:00")
    assert [(item.author, item.text, item.id) for item in document.comments] == [
        ("Bo", "An answer.", "1"),
        ("Cy", "One more.", "2"),
    ]


def test_unknown_template_by_repetition() -> None:
    item = "<div class='entry-{0}'><b class=who>{1}</b> <span class=when>2018-01-04 21:5{0}</span><div class=words><p>{2}</p></div></div>"
    texts = ("The first of these thoughts.", "Another one, not the same.", "And a third, to end with.")
    made = "".join(
        item.format(at, name, text) for at, (name, text) in enumerate(zip(("Ann", "Bo", "Cy"), texts, strict=True))
    )
    document = page(ARTICLE + f"<div id=reader-comments>{made}</div>")
    assert [(item.author, item.posted, item.text) for item in document.comments] == [
        (name, f"2018-01-04T21:5{at}", text)
        for at, (name, text) in enumerate(zip(("Ann", "Bo", "Cy"), texts, strict=True))
    ]
    # the same list that does not call itself comments is a list of articles
    assert not page(ARTICLE + f"<div id=latest-news>{made}</div>").comments
