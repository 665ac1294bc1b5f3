"""What goes wrong with other machines, as one sentence that names the picture or folder and says what to do."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.errors import ImageError, SafelightError
from engine.files.name import show

if TYPE_CHECKING:
    from engine.files.remote.url import Url

KEYS = {
    "sftp": "check `ssh {place}`",
    "s3": "check what `aws s3 ls` says",
    "gs": "check what `gcloud storage ls` says",
    "az": "check what `az storage blob list` says",
    "abfs": "check what `az storage blob list` says",
}
"""What a person tries next, by kind."""
REFUSED = frozenset({
    "AuthenticationException",
    "BadAuthenticationType",
    "PasswordRequiredException",
    "NoCredentialsError",
    "PartialCredentialsError",
    "ProfileNotFound",
    "TokenRetrievalError",
    "UnauthorizedSSOTokenError",
})  # fmt: skip
"""Errors that say who one is, by name: their libraries are not loaded for that."""
LOST = frozenset({
    "EndpointConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ConnectionClosedError",
    "HTTPClientError",
    "FSTimeoutError",
    "SSHException",
    "EOFError",
    "NoValidConnectionsError",
    "ChannelException",
    "gaierror",
})  # fmt: skip
GONE = (ConnectionError, TimeoutError, EOFError)
QUERY = re.compile(r"(?<=\w)\?[\w%=&.~+-]+")
"""Of an address that a library tells: it may be long, and hold what nobody is to see."""
LONGEST = 160
"""Letters of what another machine says."""


class UnknownHostError(Exception):
    """The server is not the one that is known by this name, or none is known; the message is the end of a sentence."""


@contextlib.contextmanager
def understood(url: Url) -> Iterator[None]:
    """Turns what goes wrong into an ImageError; FileNotFoundError and FileExistsError pass."""
    try:
        yield
    except (SafelightError, FileNotFoundError, FileExistsError):
        raise
    except Exception as error:  # noqa: BLE001 - each kind of machine has errors of its own, and all become a sentence
        raise sentence(url, error) from None


def broken(error: BaseException) -> bool:
    """Whether the connection is of no use any more."""
    return bool({each.__name__ for each in type(error).__mro__} & LOST) or isinstance(
        error, ConnectionError | TimeoutError | EOFError
    )


def sentence(url: Url, error: Exception) -> ImageError:
    """What a person is told."""
    name, names = show(str(url)), _names(error)
    advice = KEYS[url.scheme].format(place=show(_for_ssh(url.authority)))
    if isinstance(error, UnknownHostError):
        return ImageError(f"{name} is not reached: {error}")
    if names & REFUSED:
        return ImageError(f"{name} is refused, as nobody there knows who you are: {advice}.")
    if isinstance(error, PermissionError):
        return ImageError(f"{name} may not be used: check its permissions, and {advice}.")
    if isinstance(error, ImportError):
        return ImageError(f"{name} takes another package ({_said(error)}): install it beside Safelight.")
    if "gaierror" in names:
        return ImageError(f"{name} is not reached: there is no host of that name; check it, and {advice}.")
    if broken(error):
        return ImageError(f"{name} is not reached ({_said(error)}): {advice}, and try again.")
    return ImageError(f"{name} cannot be used ({_said(error)}): {advice}.")


def _for_ssh(authority: str) -> str:
    host, colon, port = authority.rpartition(":")
    return f"-p {port} {host}" if colon and port.isdecimal() and not host.endswith(":") else authority


def _names(error: BaseException) -> set[str]:
    return {each.__name__ for each in type(error).__mro__}


def _said(error: Exception) -> str:
    text = " ".join(QUERY.sub("", str(error)).removeprefix("[Errno None]").split()) or type(error).__name__
    return show(text, LONGEST).rstrip(".")
