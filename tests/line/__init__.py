"""The app over a real OpenSSH server behind a line of known rate and delay: what arrives, and when."""
