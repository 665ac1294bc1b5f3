"""Numba kernels: loops over rows behind one C signature. No threads, clocks, logging or validation."""
