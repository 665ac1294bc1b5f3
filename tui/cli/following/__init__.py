"""Following a batch from the command line: what is printed while it runs, and what Ctrl-C does."""
