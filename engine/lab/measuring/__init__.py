"""How long a strategy takes, what it costs and what its workers did: measured in a process of its own."""
