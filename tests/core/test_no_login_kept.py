"""A login given to the listener is found nowhere: no log, case, report, code or file holds it, in any spelling."""

from __future__ import annotations

import asyncio
import base64
import logging
from pathlib import Path

import pytest
from tests.core.network.client import Client

from helodoctor import casefile, steps
from helodoctor.casefile.code import encode, screen_of
from helodoctor.model import Case, Target
from helodoctor.network.listener import Greeting
from helodoctor.report.case import render
from helodoctor.words import speak

USER, SECRET = "plantedlogin", "Pl4nted-Passw0rd"


def spellings() -> list[str]:
    """As it is, and as AUTH PLAIN and AUTH LOGIN send it (RFC 4616, RFC 4954)."""
    plain = f"\0{USER}\0{SECRET}".encode()
    return [SECRET, USER, *(base64.b64encode(part).decode() for part in (plain, SECRET.encode(), USER.encode()))]


async def log_in_every_way(target: Target) -> None:
    plain, password, user = spellings()[2:]
    ways = (
        [f"AUTH PLAIN {plain}"], ["AUTH PLAIN", plain],
        ["AUTH LOGIN", user, password], [f"AUTH LOGIN {user}", password],
        [f"AUTH CRAM-MD5 {plain}"], [f"AUTH XOAUTH2 {plain}"],
    )  # fmt: skip
    for encrypted in (False, True):
        for way in ways:
            async with Client(target.host, target.port) as client:
                await client.reply()
                await client.say("EHLO srv01")
                if encrypted:
                    await client.encrypt()
                    await client.say("EHLO srv01")
                for line in way:
                    await client.say(line)
                await client.say(f"MAIL FROM:<{USER}@kolibri.example>")


async def hear() -> Case:
    """A case that went through everything the listener said."""
    opened: asyncio.Queue[Target] = asyncio.Queue()
    greetings: list[Greeting] = []
    waiting = asyncio.create_task(steps.attend(opened.put_nowait, greetings.append))
    await log_in_every_way(await opened.get())
    waiting.cancel()
    case = Case()
    for greeting in greetings:
        case = steps.heard(case, greeting)
    return steps.announce(case, greetings[0].name)


def test_no_login_is_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    case = steps.judge(asyncio.run(hear()))
    assert [one.name for one in case.candidates] == ["srv01", "srv01"]
    words = speak("en")
    code = encode(screen_of(case, "name"))
    casefile.save(casefile.new_file(case, "name"), tmp_path / "a.helocase")
    casefile.autosave(casefile.new_file(case, "name"))
    places = [
        code,
        caplog.text,
        "".join(capfd.readouterr()),
        repr(case),
        *(render(case, form, words, code) for form in ("text", "md", "html", "json")),
        *(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()),
        *(path.read_text("utf-8") for path in casefile.store.autosave_folder().rglob("*.helocase")),
    ]
    assert sum("srv01" in place for place in places) >= 7  # the name itself is everywhere the login might be
    assert [(spelling, place) for spelling in spellings() for place in places if spelling in place] == []
