"""A program as people write them: it connects, sends one message, and names itself by Python's own choice."""

import smtplib
import sys
from email.message import EmailMessage

host, port = sys.argv[1], 25
message = EmailMessage()
message["From"], message["To"], message["Subject"] = "alice@out63.example.test", sys.argv[2], "offer"
message.set_content("Here is the offer.")
with smtplib.SMTP(host, port) as server:
    server.send_message(message)
