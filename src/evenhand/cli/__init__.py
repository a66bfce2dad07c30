"""The command line: parse, call, word the answer; nothing is decided here."""
