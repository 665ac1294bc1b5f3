"""Who may come in: links, cookies, names and origins, without a network."""

import pytest

from tui.serve.gate import Gate


def test_a_link_is_good_once_and_a_cookie_for_good() -> None:
    gate = Gate("127.0.0.1")
    token = gate.token
    cookie = gate.enter(token)
    assert cookie is not None
    assert gate.enter(token) is None
    assert gate.knows(cookie)
    assert gate.token != token
    assert gate.enter(gate.token) not in (None, cookie)
    assert gate.knows(cookie)


@pytest.mark.parametrize("token", ["", "x", "é", "\udcff".encode("utf-8", "replace").decode()])
def test_another_token_opens_nothing_and_spends_nothing(token: str) -> None:
    gate = Gate("127.0.0.1")
    assert gate.enter(token) is None
    assert not gate.knows(token)
    assert gate.enter(gate.token) is not None


def test_a_token_is_no_cookie() -> None:
    gate = Gate("127.0.0.1")
    assert not gate.knows(gate.token)


@pytest.mark.parametrize(
    ("address", "host", "taken"),
    [
        ("127.0.0.1", "127.0.0.1:8323", True),
        ("127.0.0.1", "localhost:8323", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "[::1]:8323", True),
        ("127.0.0.1", "darkroom.example:8323", True),
        ("127.0.0.1", "evil.example:8323", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "192.0.2.7:8323", False),
        ("127.0.0.1", "", False),
        ("192.0.2.7", "192.0.2.7:8323", True),
        ("192.0.2.7", "localhost:8323", False),
        ("0.0.0.0", "192.0.2.7:8323", True),
        ("0.0.0.0", "evil.example:8323", False),
        ("::", "[2001:db8::7]:8323", True),
        ("::", "localhost", True),
    ],
)
def test_only_names_of_ours_are_answered(address: str, host: str, taken: bool) -> None:
    assert Gate(address, ["Darkroom.example"]).takes_host(host) is taken


@pytest.mark.parametrize(
    ("origin", "taken"),
    [
        ("http://localhost:8323", True),
        ("https://localhost:8323", True),
        ("http://localhost:9999", False),
        ("http://localhost", False),
        ("http://localhost:8323.evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_our_own_page_may_open_a_socket(origin: str, taken: bool) -> None:
    assert Gate("127.0.0.1").takes_origin(origin, "localhost:8323") is taken
