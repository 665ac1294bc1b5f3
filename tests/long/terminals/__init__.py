"""Safelight in real terminals on a screen that nobody sees."""
