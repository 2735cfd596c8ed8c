"""From nothing to a running site. Run again it changes no content and no password."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from homepage.models import Section
from profiles.models import Profile
from publications.models import Publication

SAMPLE = Path(__file__).resolve().parents[2] / "sample" / "about.md"
OWNER = "owner"
ADDRESS = "127.0.0.1"


class Command(BaseCommand):
    help = "Set everything up (database, content, an account, static files) and serve the site."

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            nargs="?",
            type=Path,
            help="Your own Markdown page; without it the bundled sample is imported.",
        )
        parser.add_argument("--port", type=int, default=8000, help="Default: 8000.")
        parser.add_argument(
            "--no-serve", action="store_true", help="Set up only, do not start the server."
        )

    def handle(self, *, source: Path | None, port: int, no_serve: bool, verbosity: int, **options):
        self.verbosity = verbosity
        if not no_serve:
            check_port(port)
        call_command("migrate", interactive=False, verbosity=0)
        self.import_content(source)
        self.make_account()
        call_command("collectstatic", interactive=False, verbosity=0)
        if no_serve:
            self.say("Everything is set up. Start the site with: manage.py quickstart")
            return
        self.say(f"Your site is at http://{ADDRESS}:{port}/ and you edit it at /admin/.")
        self.say("Stop it with Control-C.")
        self.stdout.flush()
        # The reloader would run all of this a second time.
        call_command("runserver", f"{ADDRESS}:{port}", use_reloader=False, verbosity=0)

    def import_content(self, source):
        """Import the named page; without one, the sample, and that into an empty site only."""
        if source is None and has_content():
            self.say("The site has content already: nothing was imported.")
            return
        call_command(
            "import_site",
            source or SAMPLE,
            verbosity=min(self.verbosity, 1) if source else 0,
            stdout=self.stdout,
        )
        if source is None:
            self.say("Imported the bundled sample page.")

    def make_account(self):
        """Make the owner's account if there is no account, and print its password once."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(OWNER, password=password)
        # Printed even when the rest is silent: it is stored nowhere.
        self.stdout.write(f"Your account: {OWNER}, password {password} (write it down).")

    def say(self, text):
        if self.verbosity:
            self.stdout.write(text)


def has_content() -> bool:
    """Return whether somebody has put anything on the site."""
    models = (Profile, Publication, Section)
    return any(model.objects.exists() for model in models)


def check_port(port: int) -> None:
    """Raise CommandError if the port cannot be served."""
    if not 0 < port < 65536:
        raise CommandError(f"There is no port {port}: choose one between 1 and 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken ({error.strerror}): choose another, such as "
                f"--port {8001 if port != 8001 else 8002}."
            ) from error
