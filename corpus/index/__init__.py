"""The parts of the index over a corpus: its file, its rows, its words."""
