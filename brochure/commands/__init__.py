"""One module a command: its arguments, the call it makes, and what is printed of it."""
