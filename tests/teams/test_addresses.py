"""The bot speaks to the hosts that were named, and however an address is written, to no others."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.addresses import ServiceHosts, is_safe_url, join_service_url

HOSTS = ServiceHosts({"smba.trafficmanager.net", "Teams.Test:8443", "127.0.0.1:9000"}, loopback_too=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net",
        "https://SMBA.trafficmanager.net:443/uk/",
        "https://teams.test:8443/",
        "http://127.0.0.1:9000/emea/",
    ],
)
def test_named_hosts_are_spoken_to(url: str) -> None:
    assert HOSTS.may_be_spoken_to(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net.evil.test/",
        "https://evil.test/smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.test/",
        "https://evil.test#smba.trafficmanager.net",
        "https://evil.test\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\n.evil.test/",
        "https://smba.trafficmanager.net/emea/../../x",
        "https://smba.trafficmanager.net/?to=evil",
        "https://teams.test/",
        "http://teams.test:8443/",
        "http://127.0.0.1:9001/",
        "http://127.0.0.1:99999/",
        "http://localhost:9000/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "javascript:alert(1)",
        "https://[::1/",
        "https://",
        "",
    ],
)
def test_other_hosts_are_not(url: str) -> None:
    assert not HOSTS.may_be_spoken_to(url)


@given(st.text(max_size=60))
def test_whatever_the_address_it_is_decided_without_a_fault(tail: str) -> None:
    for url in (tail, f"https://{tail}", f"https://smba.trafficmanager.net{tail}"):
        if HOSTS.may_be_spoken_to(url):
            assert urlsplit(url).hostname == "smba.trafficmanager.net"


def test_in_local_mode_this_machine_is_spoken_to_on_any_port() -> None:
    hosts = ServiceHosts(set(), loopback_too=True)

    assert all(hosts.may_be_spoken_to(f"http://{host}:5000/_connector") for host in ("127.0.0.1", "localhost", "[::1]"))
    assert not hosts.may_be_spoken_to("https://evil.test/")


def test_unencrypted_speech_stays_on_this_machine() -> None:
    assert is_safe_url("http://127.0.0.1:9000/keys")
    assert is_safe_url("https://login.test/keys")
    assert not is_safe_url("http://login.test/keys")


@given(st.text(min_size=1, max_size=40) | st.sampled_from([".", "..", "%2e%2e", "a/../b"]))
def test_an_id_stays_one_segment_of_the_path(segment: str) -> None:
    url = str(join_service_url("https://host.test/emea/", "v3", "conversations", segment, "activities"))

    assert urlsplit(url).netloc == "host.test"
    assert urlsplit(url).path.count("/") == 5
    assert not {".", ".."} & set(urlsplit(url).path.split("/"))
    assert not urlsplit(url).query
    assert not urlsplit(url).fragment
