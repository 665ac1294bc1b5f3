"""Who may come in: a link that is good once, then a cookie; and which names and pages requests may come from."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable

LOOPBACK = ("localhost", "127.0.0.1", "::1")
BYTES = 32
"""Of chance in a link and in a cookie."""


class Gate:
    """Knows the link that is good now and every cookie that was given; both end with the process."""

    def __init__(self, address: str, names: Iterable[str] = ()) -> None:
        """For a server that listens at an address, and is reached by these names besides."""
        self._names = {name.lower() for name in (*names, address)}
        self._anywhere = _is_unspecified(address)
        if self._anywhere or address in LOOPBACK:
            self._names |= set(LOOPBACK)
        self._cookies: set[str] = set()
        self.token = secrets.token_urlsafe(BYTES)
        """Good for one browser; another takes its place when that one has come."""

    def enter(self, token: str) -> str | None:
        """A new cookie for the token, which is spent; None for any other."""
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            return None
        self.token = secrets.token_urlsafe(BYTES)
        cookie = secrets.token_urlsafe(BYTES)
        self._cookies.add(cookie)
        return cookie

    def knows(self, cookie: str) -> bool:
        """Whether this gate gave it."""
        return any(secrets.compare_digest(cookie.encode(), each.encode()) for each in self._cookies)

    def takes_host(self, host: str) -> bool:
        """Whether a request's Host is one of our names: another's name may be made to lead here (DNS rebinding).

        Numbers cannot be made to lead elsewhere, so that a server which listens at every address takes any.
        """
        name = _name(host)
        return name in self._names or (self._anywhere and _is_number(name))

    def takes_origin(self, origin: str, host: str) -> bool:
        """Whether a request comes from our own page, by its Origin and Host (RFC 6454); one without Origin does not."""
        return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _name(host: str) -> str:
    """A Host without its port and, for IPv6, without brackets (RFC 9110, 7.2)."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_unspecified(address: str) -> bool:
    return _is_number(address) and ipaddress.ip_address(address).is_unspecified
