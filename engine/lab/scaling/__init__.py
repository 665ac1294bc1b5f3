"""One filter with 1 to N workers: how much faster it gets, and what stops it."""
