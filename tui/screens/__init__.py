"""What fills the terminal: the reader, and the screens that come over it."""
