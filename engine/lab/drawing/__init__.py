"""Time lines, charts and curves as values and as SVG. It draws nothing on a screen."""
