"""One file a command: its options, what it calls, what it prints, and how it exits."""
