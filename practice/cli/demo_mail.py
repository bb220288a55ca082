"""``demo-mail``: the demo's mail catcher."""

import click


@click.command("demo-mail")
@click.option("--smtp-port", type=click.IntRange(1024, 65535), required=True)
@click.option("--page-port", type=click.IntRange(1024, 65535), required=True)
def demo_mail(smtp_port: int, page_port: int) -> None:
    """Catch the demo's e-mails on this machine and show them on a page, until it is stopped."""
    # Only here: the web server loads every command, and has no use for a mail server.
    from practice.cli.demo.mail_catcher import serve

    serve(smtp_port, page_port)
