"""An e-mail of a municipality."""

from email.message import EmailMessage


def message(*attachments: tuple[str, bytes]) -> EmailMessage:
    """An e-mail as a municipality sends it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@kommune.example", "b@kl.example", "Interesse"
    mail.set_content("Hermed vores tilkendegivelse.\n")
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="yaml", filename=name)
    return mail
