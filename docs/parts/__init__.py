"""What of the documents is generated: each module here is one part, told by `FILE`, `MARK` and a function `text`."""
