"""The laboratory: one piece of work done every way Python can, and what the threads really did. It prints nothing."""
