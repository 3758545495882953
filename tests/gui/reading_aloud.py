"""The walk, or the helpdesk's window, or a part of either, through the accessibility tree alone: names and roles.

Run by a Python that has GObject introspection (Debian's python3-gi with gir1.2-atspi-2.0), inside the D-Bus session of
the program it reads; it knows nothing of the program but what the tree says. Prints what it hears; exits with 0 once it
heard that the name is fixed, or in the helpdesk's window once the case was answered.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PATIENCE = 40.0
WINDOWS = ("frame", "dialog", "window")
USED = ("push button", "check box", "radio button", "text", "combo box")
BOUNCE = """220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;
HELO www
250 mta-gw1.infomaniak.ch Hello, pleased to meet you
MAIL FROM: user123@infomaniak.ch
250 2.1.0 user123@infomaniak.ch... Sender ok
RCPT TO: user123@infomaniak.ch
550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...
"""
NEW_NAME = "mail.firma.example"
PROOF = f"""220 mx1.kolibri.example ESMTP Postfix
EHLO {NEW_NAME}
250 mx1.kolibri.example
MAIL FROM:<office@firma.example>
250 2.1.0 Ok
RCPT TO:<anna@kolibri.example>
250 2.1.5 Ok
"""


def everything(start: Atspi.Accessible) -> Iterator[Atspi.Accessible]:
    """The tree below ``start`` as far as it is showing, in its order."""
    for index in range(start.get_child_count()):
        child = start.get_child_at_index(index)
        if child is None or not child.get_state_set().contains(Atspi.StateType.SHOWING):
            continue
        yield child
        yield from everything(child)


def application() -> Atspi.Accessible | None:
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        one = desktop.get_child_at_index(index)
        if one is not None and "helodoctor" in (one.get_name() or "").casefold().replace(" ", ""):
            return one
    return None


def until(holds: Callable[[], object], what: str) -> object:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if found := holds():
                return found
        except gi.repository.GLib.GError:
            pass  # the tree is changing under our hands
        if time.monotonic() > end:
            tell()
            raise SystemExit(f"waited in vain for {what}")
        time.sleep(0.2)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell() -> None:
    """The tree as it is, for the report of a failure."""
    program = application()
    for one in everything(program) if program else ():
        say(f"  {one.get_role_name()}: {one.get_name()!r}")


def find(role: str, *names: str) -> Atspi.Accessible:
    """The control with that role and one of the names (or the beginning of one)."""

    def look() -> Atspi.Accessible | None:
        program = application()
        for one in everything(program) if program else ():
            if one.get_role_name() == role and (not names or one.get_name().startswith(names)):
                return one
        return None

    return until(look, f"{role} {names}")  # type: ignore[return-value]


def press(*names: str, role: str = "push button") -> None:
    control = find(role, *names)
    until(lambda: control.get_state_set().contains(Atspi.StateType.SENSITIVE), f"{names} to be usable")
    action = control.get_action_iface()
    known = [action.get_action_name(index) for index in range(action.get_n_actions())]
    index = next(known.index(name) for name in ("Press", "Toggle", "Click", "SetFocus") if name in known)
    say(f"{role} {control.get_name()!r} ({control.get_description()!r}): {known[index]}")
    assert control.get_description(), f"{control.get_name()} says nothing about itself"
    action.do_action(index)


def write(text: str, *names: str) -> None:
    field = find("text", *names)
    say(f"text {field.get_name()!r} ({field.get_description()!r})")
    field.get_editable_text_iface().set_text_contents(text)
    until(lambda: len(Atspi.Text.get_text(field, 0, -1)) >= len(text.strip()) - 2, f"the text in {names}")


def hear(*titles: str) -> None:
    """The window is called after the page on show; its page says the same."""

    def look() -> bool:
        program = application()
        windows = (one for one in everything(program) if one.get_role_name() in WINDOWS) if program else ()
        return any(window.get_name().startswith(titles) for window in windows)

    until(look, f"a window {titles}")
    say(f"heard: {titles[0]}")


def check_names() -> None:
    """Everything that can be used says what it is called."""
    program = application()
    assert program is not None
    for one in everything(program):
        usable = one.get_state_set().contains(Atspi.StateType.FOCUSABLE)
        if usable and one.get_role_name() in USED:
            assert one.get_name(), f"a {one.get_role_name()} without a name"


def walk() -> None:
    hear("What came back?")
    check_names()
    write(BOUNCE, "The message that came back")
    press("Read it")
    hear("Your server’s name was refused")
    check_names()
    press("Find its name")
    hear("Which name does your server announce?")
    check_names()
    press("Check the name")
    hear("It is not a good name")
    check_names()
    press("Try it")
    hear("Try the name on a server?")
    check_names()
    press("The practice server", role="radio button")
    press("Ask the practice server")
    hear("The refusal, seen live")
    check_names()
    press("Show the fix")
    find("push button", "Check it")
    write(NEW_NAME, "The new name")
    check_names()
    press("Check it")
    prove()


def prove() -> None:
    """Both facts of the last page."""
    hear("Is it fixed?")
    press("Ask the practice server")
    hear("Half proven")
    check_names()
    press("Paste a proof")
    write(PROOF, "A fresh log line")
    press("Read this text")
    hear("It is fixed")


def choose(name: str, role: str) -> None:
    """Take a row, a tab or an entry of a menu, by its name."""
    one = find(role, name)
    say(f"{role} {one.get_name()!r}")
    one.get_action_iface().do_action(0)


def read(name: str, *told: str) -> None:
    """A long text that says all that was ``told``."""
    field = find("text", name)
    until(lambda: all(part in Atspi.Text.get_text(field, 0, -1) for part in told), f"{told} in {name}")
    say(f"read: {name}")


def helpdesk() -> None:
    """The helpdesk's window: a case is chosen, read part by part and answered, a session is looked at."""
    hear("infomaniak")
    check_names()
    read("The case as text", "www")
    choose("Case: kolibri", "table cell")
    hear("kolibri")
    read("The case as text", "srv01", "mx1.kolibri.example")
    choose("Timeline", "page tab")
    find("table", "What happened, in order")
    check_names()
    choose("Trials", "page tab")
    find("label", "No trial was made in this case.")
    choose("Changes and reply", "page tab")
    find("push button", "Compare with another file")
    write("Set the full name, then try again.", "Your reply")
    find("push button", "Save with the reply")
    check_names()
    choose("Cases", "menu item")
    choose("Prepare a session", "menu item")
    hear("Prepare a session")
    check_names()
    write("mail.firma.example", "The name the server should announce")
    press("Close")
    hear("kolibri")


def changes(*told: str) -> None:
    """What the helpdesk's window shows of what changed in the chosen case: each word of ``told`` in a cell in sight.

    The keyboard is left in the table.
    """
    choose("Changes and reply", "page tab")
    table = find("table", "What changed since")
    table.get_component_iface().grab_focus()

    def cells() -> set[str]:
        return {one.get_name() for one in everything(table) if one.get_role_name() == "table cell"}

    try:
        until(lambda: set(told) <= cells(), f"{told} in {table.get_name()}")
    finally:
        for cell in sorted(cells()):
            say(f"cell: {cell}")


def reply(said: str) -> None:
    """The page on show has the helpdesk's reply beside it."""
    find("label", "Reply from Kolibri helpdesk")
    find("label", said)
    say(f"heard: {said}")


PARTS: dict[str, Callable[..., None]] = {
    "walk": walk, "helpdesk": helpdesk, "prove": prove, "changes": changes, "reply": reply,
}  # fmt: skip

if __name__ == "__main__":
    PARTS[sys.argv[1] if sys.argv[1:] else "walk"](*sys.argv[2:])
    sys.exit(0)
