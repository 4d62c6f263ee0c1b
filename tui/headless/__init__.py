"""The subcommands: the core without a screen. None of them imports textual."""
