"""What a terminal is and can do: asked of it, and told by the environment. Writes nothing and shows nothing."""
