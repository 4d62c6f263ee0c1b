"""Parts of pages that are neither article nor comment, and the places where comments are missing: data."""

from __future__ import annotations

ELSEWHERE = {
    "Disqus": "#disqus_thread, .disqus-thread, noscript a[href*='disqus.com/?ref_noscript'], iframe[src*='disqus.com']",
    "Facebook": ".fb-comments, fb\\:comments, iframe[src*='facebook.com/plugins/comments'], iframe[src*='facebook.com/plugins/feedback']",
    "Naver": "#cbox_module, .u_cbox, #naverComment",
    "Daum": "#alex-area, .alex-area, [data-alex], .alex_viewer",
    "LiveRe": "#lv-container",
    "OpenWeb": "[data-spotim-module], [data-openweb-module]",
    "Coral": "#coral_thread, #coral-thread",
    "Hyvor Talk": "hyvor-talk-comments, #hyvor-talk-view",
    "Viafoura": ".viafoura, vf-conversations",
    "giscus": ".giscus, giscus-widget",
    "utterances": ".utterances",
    "Remark42": "#remark42",
    "Commento": "#commento",
    "Livefyre": "#livefyre-comments, .fyre",
}
"""Services whose comments are loaded into a page after it has come, by what marks their place."""

NO_COMMENT = (
    "aside, nav, form, .widget, .widget_recent_comments, .sidebar, #sidebar, #recentcomments, .recent-comments, .recentcomments,"
    " .latest-comments, .comment-respond, #respond, .comment-form, .twitter-tweet, .modal, dialog, [role=dialog], #disqus_recommendations"
)
"""What holds lists that look like comments and are none."""

COMMENT_LIST = "#comments, ol.commentlist, ol.comment-list, ul.comment-list"
"""The list of a page's own comments, which some themes set into an aside."""

AROUND = (
    "nav, aside, footer, form, dialog, menu, button, select, label, [hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none'],"
    " [role=navigation], [role=complementary], [role=banner], [role=contentinfo], [role=search],"
    " .sharedaddy, .share, .share-buttons, .social-share, .addtoany_share_save_container, .related, .related-posts, .relatedposts, [class*='-related'], [class*='related-'], [class*=relatedpost],"
    " .jp-relatedposts, .yarpp-related, .newsletter, .widget, .breadcrumb, .breadcrumbs, .post-navigation, .nav-links,"
    " #wm-ipp-base, #wm-ipp, #donato, .author-box, .author-bio, .abh_box, .advertisement, .ad, .noprint, .visually-hidden, .screen-reader-text, .element-invisible"
)
"""Parts of a page that are no article, wherever they stand."""

FURNITURE = (
    ".reply, .comment-reply-link, .comment-reply, .comment-meta, .comment-metadata, .comment-footer, .commentmetadata, .says, .links, .permalink,"
    " .comment-actions, .comment-options, .comment__actions, .edit-link, .avatar, .flat-list, .buttons, .vcard, button, form, footer, header,"
    " .visually-hidden, .element-invisible, .screen-reader-text, [hidden],"
    " .comment-author, .comment_author, .commentauthor, .comment__author, .comment-date, .comment-time, .comment_date, .comment__date"
)
"""Parts of a comment that are no part of its text, where its body is not marked for certain."""

BUTTONS = ".reply, .comment-reply-link, .comment-likes, .expanding-formatter-trigger, .visually-hidden, .element-invisible, .screen-reader-text, button, form, .flat-list"
"""Parts that never are."""
