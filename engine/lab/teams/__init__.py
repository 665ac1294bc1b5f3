"""Who does the work: threads, and behind each of them perhaps a process or an interpreter of its own."""
