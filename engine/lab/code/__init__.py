"""The job's steps in Python, NumPy, Numba and C. Each module knows bytes, none knows threads."""
