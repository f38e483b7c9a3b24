"""The key ring: what is sealed opens in its own row alone, and older keys go on opening."""

from __future__ import annotations

from base64 import b64encode

import pytest

from storage.keyring import BadKeys, CannotOpen, Keyring

OLD = "old:" + b64encode(b"o" * 32).decode()
NEW = "new:" + b64encode(b"n" * 32).decode()


def test_what_is_sealed_opens_in_its_place() -> None:
    ring = Keyring.from_setting(NEW)
    token = ring.seal("Zoë Example-Longname 🙂", "person", "name", "p1")

    assert token.startswith("v1.new.")
    assert "Example" not in token
    assert ring.open(token, "person", "name", "p1") == "Zoë Example-Longname 🙂"


def test_the_same_words_are_sealed_differently_each_time() -> None:
    ring = Keyring.from_setting(NEW)
    assert ring.seal("x", "person", "name", "p1") != ring.seal("x", "person", "name", "p1")


@pytest.mark.parametrize("place", [("person", "name", "p2"), ("person", "mail", "p1"), ("child", "name", "p1")])
def test_what_was_moved_elsewhere_does_not_open(place: tuple[str, str, str]) -> None:
    ring = Keyring.from_setting(NEW)
    token = ring.seal("Jane", "person", "name", "p1")
    with pytest.raises(CannotOpen):
        ring.open(token, *place)


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    token = Keyring.from_setting(OLD).seal("Jane", "person", "name", "p1")
    both = Keyring.from_setting(f"{NEW}, {OLD}")

    assert both.open(token, "person", "name", "p1") == "Jane"
    assert not both.is_sealed_with_newest(token)
    assert both.is_sealed_with_newest(both.seal("Jane", "person", "name", "p1"))


def test_a_key_that_left_the_ring_opens_nothing() -> None:
    token = Keyring.from_setting(OLD).seal("Jane", "person", "name", "p1")
    with pytest.raises(CannotOpen, match="not on the ring"):
        Keyring.from_setting(NEW).open(token, "person", "name", "p1")


@pytest.mark.parametrize("token", ["", "plain words", "v1.new.", "v1.new.AAAA", "v2.new.AAAA", "v1.new.%%%"])
def test_what_is_no_token_does_not_open(token: str) -> None:
    with pytest.raises(CannotOpen):
        Keyring.from_setting(NEW).open(token, "person", "name", "p1")


def test_fingerprints_are_found_under_every_key_and_kept_apart_by_purpose() -> None:
    old, both = Keyring.from_setting(OLD), Keyring.from_setting(f"{NEW},{OLD}")

    assert old.fingerprint("mail", "a@b") in both.fingerprints("mail", "a@b")
    assert both.fingerprint("mail", "a@b") == both.fingerprints("mail", "a@b")[0]
    assert both.fingerprint("mail", "a@b").startswith("new.")
    assert both.fingerprint("mail", "a@b") != both.fingerprint("child", "a@b")
    assert old.fingerprint("mail", "a@b") != Keyring.from_setting(NEW).fingerprint("mail", "a@b")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("", "At least one"),
        (" , ", "At least one"),
        ("nokey", "Key 1 must read"),
        ("bad id:" + OLD[4:], "Key 1 must read"),
        ("old:not base64!", "not base64"),
        ("old:c2hvcnQ=", "holds 5 bytes"),
        (f"{OLD},{OLD}", "given twice"),
    ],
)
def test_a_bad_setting_is_refused_with_the_reason_and_without_the_key(setting: str, says: str) -> None:
    with pytest.raises(BadKeys, match=says) as refused:
        Keyring.from_setting(setting)
    assert OLD[4:] not in str(refused.value)
