"""The same short and long jobs under several queues: who waits how long, and how much is done, from real runs."""
