"""From nothing to a running site. Run again it changes no content and no password."""

from __future__ import annotations

import errno
import logging
import secrets
import socket
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application, run
from django.db import DatabaseError, transaction

from homepage.academicpages.page import read_page
from homepage.importing import known_owner
from homepage.models import Section
from homepage.old_sites import UnreadableSite, read_old_site
from profiles.models import Profile
from publications.models import ImportRun, Publication

SAMPLE = Path(__file__).resolve().parents[2] / "sample" / "about.md"
OWNER = "owner"
ADDRESS = "127.0.0.1"
INTERRUPTED = 130  # what a shell makes of Control-C
# Without letters and digits that look like others: the password is written down by hand.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Set everything up (database, content, an account, static files) and serve the site."
    # Some look into the database (from Django 6 on), so they have to wait until it is set up.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            nargs="?",
            type=Path,
            help="The folder of your site, or your Markdown page; without it, a sample.",
        )
        parser.add_argument("--port", type=int, default=8000, help="Default: 8000.")
        parser.add_argument(
            "--no-serve", action="store_true", help="Set up only, do not start the server."
        )

    def handle(self, *, source: Path | None, port: int, no_serve: bool, verbosity: int, **options):
        self.verbosity = verbosity
        try:
            # Whatever can be refused is refused before anything is written.
            if not no_serve:
                check_address(port)
            owner = owner_of(source) if source else ""
            self.set_up(source, owner)
            if no_serve:
                self.say("Everything is set up.")
            else:
                self.serve(port)
        except KeyboardInterrupt:
            raise CommandError("Stopped.", returncode=INTERRUPTED) from None

    def set_up(self, source, owner):
        """Make or update the database, the content, the account and the static files."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
            self.check(databases=["default"])
            if source:
                check_not_mixed(source, owner)
            self.import_content(source)
            self.make_account()
            call_command("collectstatic", interactive=False, verbosity=0)
        except DatabaseError as error:
            reason = str(error).strip().rstrip(".")
            raise CommandError(f"The database cannot be used: {reason}.") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or 'The output'} cannot be written: {error.strerror}."
            ) from error

    def import_content(self, source):
        """Import the named page; without one, the sample, and that into an empty site only."""
        if source:
            call_command(
                "import_site", source, verbosity=min(self.verbosity, 1), stdout=self.stdout
            )
        elif has_content():
            self.say("The site has content already: nothing was imported.")
        else:
            call_command("import_site", SAMPLE, verbosity=0)
            self.say("Imported the bundled sample page.")

    def make_account(self):
        """Make the owner's account if there is no account, and print its password once."""
        users = get_user_model().objects
        if users.exists():
            return
        password = random_password()
        # Printed even when the rest is silent, and before the account stands: the password is
        # stored nowhere, so one that could not be shown must not become the account's.
        with transaction.atomic():
            users.create_superuser(OWNER, password=password)
            self.stdout.write(f"Your account: {OWNER}, password {password} (write it down).")
            self.stdout.flush()

    def serve(self, port):
        """Serve the site until Control-C, without the reloader, which would set up twice."""

        def announce(bound_port):
            self.say(f"Your site is at http://{ADDRESS}:{bound_port}/ and you edit it at /admin/.")
            self.say("Stop it with Control-C.")
            self.stdout.flush()

        handler = get_internal_wsgi_application()
        if self.verbosity < 2:
            # A line for each request, or for each missing page, is for those who look for one.
            for name in ("django.server", "django.request"):
                logging.getLogger(name).setLevel(logging.ERROR)
        try:
            run(ADDRESS, port, handler, threading=True, on_bind=announce)
        except KeyboardInterrupt:
            self.say("\nThe site is stopped. Start it again with: manage.py quickstart")

    def say(self, text):
        if self.verbosity:
            self.stdout.write(text)


def random_password() -> str:
    """Return a random password of 79 bits, in groups of four."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(4)) for _ in range(4))


def has_content() -> bool:
    """Return whether anything is on the site, or ever was brought in."""
    models = (Profile, Publication, Section, ImportRun)
    return any(model.objects.exists() for model in models)


def owner_of(source: Path) -> str:
    """Return whose site or page it is; raises CommandError if it is none."""
    try:
        return read_old_site(source).owner
    except UnreadableSite as error:
        raise CommandError(str(error)) from error


def check_not_mixed(source: Path, owner: str) -> None:
    """Raise CommandError if the site shows the sample and `owner` is somebody else."""
    sample_owner = read_page(SAMPLE.read_text(encoding="utf-8")).owner
    if sample_owner in known_owner() and owner != sample_owner:
        raise CommandError(
            f"The site shows the sample page, and {source} would be mixed into it. Remove the "
            f"folder {settings.DATA_DIR} (it holds the whole site), then run this again."
        )


def check_address(port: int) -> None:
    """Raise CommandError if the site cannot be served at that port of this computer."""
    if settings.SECURE_SSL_REDIRECT and not settings.PROXY_COUNT:
        raise CommandError(
            f"SITE_URL is {settings.SITE_URL}, so the site answers https only, which this small "
            "server does not speak. Use --no-serve and start the site as the README says "
            "under “Put it on the internet”."
        )
    if not 0 < port < 65536:
        raise CommandError(f"There is no port {port}: choose one between 1 and 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            other = 8001 if port != 8001 else 8002
            wrong = "is for administrators" if error.errno == errno.EACCES else "is taken"
            raise CommandError(
                f"Port {port} {wrong} ({error.strerror}): choose another, such as --port {other}."
            ) from error
