"""Safelight beside other libraries: one table of comparisons, its measurements, their results. Prints nothing."""
