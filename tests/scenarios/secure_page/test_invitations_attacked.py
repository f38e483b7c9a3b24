"""Answers to invitations on the secure page: what is forged, late, broken or another's changes nothing."""

from __future__ import annotations

from discussions.booking.invitations import InvitationAnswer
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, codes_to, links_to
from tests.scenarios.people import person_id
from tests.scenarios.secure_page.test_invitations import PDF, SEND, invitation, invited, reports, send
from tests.scenarios.test_invitations_by_mail import (
    HELENS_MAIL,
    OFFICE,
    REFERENCE,
)
from tests.scenarios.without_teams import enter
from tests.scenarios.world import World


async def test_forged_replayed_expired_and_others_links_change_nothing(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        good = helen.seen.form(SEND).fields | {"do": "answer", "answer": "coming"}
        other = Browser(world.web_base, links_to(server, OFFICE)[-1])
        tries = [
            (helen, good | {"token": "forged"}, 403),
            (helen, {name: value for name, value in good.items() if name != "token"}, 403),
            (helen, good | {"answer": "asked"}, 422),
            (helen, good | {"answer": "withdrawn"}, 422),
            (helen, good | {"answer": "deputy", "deputy": person_id("Omar Haddad")}, 422),
            (helen, good | {"seen": "999"}, 409),
        ]
        for browser, fields, status in tries:
            await browser.post(**fields)
            assert browser.status == status, fields
        async with other:
            await other.open()
            await other.post(**good)
            assert other.status == 403
        assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.ASKED
        assert invitation(world, OFFICE).answer is InvitationAnswer.ASKED
        await helen.open()
        # naming another invitation in one's own form answers one's own
        await helen.press(SEND, answer="no_record", invitation=str(invitation(world, OFFICE).id))
        assert invitation(world, OFFICE).answer is InvitationAnswer.ASKED
        assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.NO_RECORD
    link = links_to(server, HELENS_MAIL)[-1]
    world.clock.pass_by(days=15)
    async with Browser(world.web_base, link) as late:
        await late.open()
        before = len(codes_to(server, HELENS_MAIL))
        await late.press("Send me a code")
        await world.settle()
        assert len(codes_to(server, HELENS_MAIL)) == before


async def test_looking_changes_nothing_and_shows_nothing(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as scanner:
        for _ in range(3):
            await scanner.open()
        assert REFERENCE not in scanner.seen.html
        async with scanner.client.get(scanner.url + "?answer=coming&do=answer") as response:
            assert response.status == 200
    assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.ASKED


async def test_what_was_written_when_the_visit_ended_is_shown_again(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        world.clock.pass_by(minutes=31)

        status = await send(helen, PDF, "a.pdf", answer="information_only", report="Seen in May.")

        assert status == 403
        assert "Seen in May." in helen.seen.html
    assert reports(world) == []


NESTED = b"Content-Type: multipart/mixed; boundary=C"


def part(name: str, content: bytes, *more: bytes, file: str | None = None) -> bytes:
    said = f'form-data; name="{name}"' + (f'; filename="{file}"' if file is not None else "")
    return b"\r\n".join([b"--B", f"Content-Disposition: {said}".encode(), *more, b"", content, b""])


async def test_forms_with_files_that_are_broken_odd_or_too_much_change_nothing(
    world: World, server: MailServerInTests
) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        good = b"".join(
            part(name, value.encode())
            for name, value in (helen.seen.form(SEND).fields | {"do": "answer", "answer": "coming"}).items()
            if name != "file"
        )
        kind = "multipart/form-data; boundary=B"
        tries = [
            ("multipart/form-data", good + b"--B--", 415),
            ("multipart/form-data; boundary=other", good + b"--B--", (403, 415)),
            (kind, good + part("a", b"x" * 40_000) + b"--B--", 413),
            (kind, good + part("a", b"\xff\xfe") + b"--B--", 415),
            (kind, b"".join(part(f"f{number}", b"x") for number in range(60)) + b"--B--", 415),
            (
                kind,
                good + part("a", b"--C\r\n\r\nx\r\n--C--", b"Content-Type: multipart/mixed; boundary=C") + b"--B--",
                415,
            ),
            (kind, b"", (403, 415)),
            (kind, b"--B", (403, 415)),
            (kind, b"\0" * 1000, (403, 415)),
            ("multipart/mixed; boundary=B", good + b"--B--", 415),
        ]
        for content_type, body, expected in tries:
            async with helen.client.post(helen.url, data=body, headers={"Content-Type": content_type}) as response:
                wanted = expected if isinstance(expected, tuple) else (expected,)
                assert response.status in wanted, (content_type, body[:60], response.status)
        async with helen.client.post(
            helen.url, data=good + b"--B--", headers={"Content-Type": kind, "Origin": "https://elsewhere.example"}
        ) as response:
            assert response.status == 403
        assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.ASKED
        async with helen.client.post(helen.url, data=good + b"--B--", headers={"Content-Type": kind}) as response:
            assert response.status == 200
    assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.COMING
