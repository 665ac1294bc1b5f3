"""Files to a person's own machine: what the terminal is sent, or a line to type there. It writes nothing itself."""
