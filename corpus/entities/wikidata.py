"""Wikidata ids that were compared with the item itself; others of the gazetteer were written down from knowledge."""

from __future__ import annotations

from corpus.entities.words import word_set

CHECKED = word_set(
    """
    Q423 Q884 Q483134 Q30 Q148 Q17 Q159 Q15180 Q865 Q881 Q794 Q796 Q1016 Q858 Q668 Q843 Q183 Q145 Q142 Q16 Q408 Q39 Q34
    Q334 Q833 Q711 Q801 Q212 Q241 Q889 Q851 Q96 Q928 Q8646 Q16635 Q782 Q797 Q99 Q458 Q56226 Q110456 Q8011165 Q9310191
    Q714509 Q9295306 Q494800 Q271067 Q705608 Q20671751 Q5367054 Q3161947
    """
)
