"""A batch as a process of its own: its folder, its process, and the client that programs follow it with."""
