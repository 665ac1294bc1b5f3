"""Printing for people and for programs: a console that never reads markup, and JSON that any reader takes."""
