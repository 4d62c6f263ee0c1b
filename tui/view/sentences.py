"""Sentences and words, as `( )` and `w b` step over them."""

from corpus.sentences import sentences, words

__all__ = ["sentences", "words"]
