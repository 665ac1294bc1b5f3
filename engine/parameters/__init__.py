"""What a filter can be asked: kinds of parameters, each with its limits, default and help; text to value and back."""

from engine.parameters.choice import Choice
from engine.parameters.colour import Colour
from engine.parameters.file import File
from engine.parameters.slider import Slider
from engine.parameters.text import Text

Value = float | str
"""Of a parameter in a step: a number, the place of a word, the number of a colour, a text, or a file's path."""
Parameter = Slider | Choice | Colour | Text | File
__all__ = ["Choice", "Colour", "File", "Parameter", "Slider", "Text", "Value"]
