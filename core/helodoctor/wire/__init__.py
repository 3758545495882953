"""Texts that travel: SMTP replies, dialogues, Received lines. No sockets here."""
