"""One file a figure: each has `ROUNDS` and a function `measure` that takes a number of rounds and returns figures."""
