"""What begins and ends a transfer of files in Kitty's protocol (File transfer over the TTY). It carries no file."""

import secrets


def new_session() -> str:
    """A name that no other session of the terminal has."""
    return f"safelight{secrets.token_hex(6)}"


def ask(session: str) -> str:
    """Ask the terminal, which asks the person, whether it takes files."""
    return f"\x1b]5113;ac=send;id={session}\x1b\\"


def finish(session: str) -> str:
    """All files are sent."""
    return f"\x1b]5113;ac=finish;id={session}\x1b\\"


def cancel(session: str) -> str:
    """Forget it."""
    return f"\x1b]5113;ac=cancel;id={session}\x1b\\"
