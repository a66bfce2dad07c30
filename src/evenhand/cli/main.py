"""The commands of `evenhand`."""

import os
from importlib import import_module

import click

from evenhand import __version__
from evenhand.cli.failure import EXIT_UNUSABLE
from evenhand.cli.language import terminal_locale
from evenhand.platform.secret_files import UnusableSecret, read_secret_files
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

# Where each command stands: one is read in when it is asked for, as all of them take seconds.
COMMANDS = {
    "backup": "operate.backup:backup",
    "backup-drill": "operate.backup_drill:backup_drill",
    "book": "book.command:book",
    "checkup": "checkup.command:checkup",
    "conflict": "operate.conflict:conflict",
    "demo": "demo:demo",
    "doctor": "operate.doctor:doctor",
    "explain": "explain.command:explain",
    "first-run": "operate.first_run:first_run",
    "journal": "operate.journal:journal",
    "login-link": "operate.links:login_link",
    "make-roles": "operate.make_roles:make_roles",
    "migrate": "operate.migrate:migrate",
    "policy": "policy.command:policy",
    "pools": "operate.pools:pools",
    "regions": "regions.command:regions",
    "replay": "replay:replay",
    "reset-link": "operate.links:reset_link",
    "restore": "operate.restore:restore",
    "rotate-key": "operate.rotate_key:rotate_key",
    "route": "route.command:route",
    "sbom": "operate.sbom:sbom",
    "serve": "serve.command:serve",
    "verify": "operate.verify:verify",
    "worker": "operate.worker:worker",
}


class ReadWhenAsked(click.Group):
    """A group of the commands in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"evenhand.cli.{module}"), name)
        return found


@click.group(
    cls=ReadWhenAsked,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="evenhand")
def main() -> None:
    """Evenhand 衡派: deal leads fairly, at once, and so that anyone can see why."""
    try:
        read_secret_files(os.environ)
    except UnusableSecret as error:
        click.echo(say(Words(terminal_locale()), error.why), err=True)
        raise SystemExit(EXIT_UNUSABLE) from None
