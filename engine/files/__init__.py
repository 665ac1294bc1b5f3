"""Pictures, names, folders, settings and logs on disk. It filters nothing and starts no threads."""
