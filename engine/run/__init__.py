"""Who executes a plan: threads of our own, each inside one call without the GIL."""
