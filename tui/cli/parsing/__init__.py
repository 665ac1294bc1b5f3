"""From words to a sub-command: the argument parser, and errors as one sentence."""
