"""A picture from standard input, or to standard output."""
