"""The documents, and the programs that write what of them is generated."""
