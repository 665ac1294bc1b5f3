"""Opening the app from the command line: what stands in its way, and which words are paths."""
