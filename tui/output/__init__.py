"""The one layer through which everything leaves for the terminal: nobody else writes to it."""
