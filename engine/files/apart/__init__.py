"""Decoding apart: other people's bytes reach most decoders in a child process, which can be killed and cannot write."""
