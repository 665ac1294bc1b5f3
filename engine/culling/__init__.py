"""Which pictures of a folder are worth keeping: scores, groups of what looks alike. It rates and deletes nothing."""
