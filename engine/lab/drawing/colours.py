"""The colours of what a worker does, the same in pictures and on screens; told apart without seeing red and green."""

from engine.lab.watching.timeline import Kind

COLOURS = {
    Kind.RUN: "#2f9e6e",
    Kind.LOCK: "#e0b34a",
    Kind.INPUT: "#4a90d9",
    Kind.CORE: "#a05ab4",
    Kind.IDLE: "#3a3a3a",
}
GROUND, TEXT, FAINT = "#0b0b0b", "#d6cbc3", "#8a817b"
FAMILY = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"
