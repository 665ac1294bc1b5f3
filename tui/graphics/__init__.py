"""Pictures for a terminal: pixels in, strips of cells out. Knows no widget, no file and no terminal."""
