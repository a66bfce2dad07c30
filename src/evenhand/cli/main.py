"""The commands of `evenhand`."""

import os

import click

from evenhand import __version__
from evenhand.cli.book.command import book
from evenhand.cli.checkup.command import checkup
from evenhand.cli.demo import demo
from evenhand.cli.explain.command import explain
from evenhand.cli.failure import EXIT_UNUSABLE
from evenhand.cli.language import terminal_locale
from evenhand.cli.operate.backup import backup
from evenhand.cli.operate.backup_drill import backup_drill
from evenhand.cli.operate.conflict import conflict
from evenhand.cli.operate.doctor import doctor
from evenhand.cli.operate.first_run import first_run
from evenhand.cli.operate.journal import journal
from evenhand.cli.operate.links import login_link, reset_link
from evenhand.cli.operate.make_roles import make_roles
from evenhand.cli.operate.migrate import migrate
from evenhand.cli.operate.pools import pools
from evenhand.cli.operate.restore import restore
from evenhand.cli.operate.rotate_key import rotate_key
from evenhand.cli.operate.sbom import sbom
from evenhand.cli.operate.verify import verify
from evenhand.cli.operate.worker import worker
from evenhand.cli.policy.command import policy
from evenhand.cli.regions.command import regions
from evenhand.cli.replay import replay
from evenhand.cli.route.command import route
from evenhand.cli.serve.command import serve
from evenhand.platform.secret_files import UnusableSecret, read_secret_files
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="evenhand")
def main() -> None:
    """Evenhand 衡派: deal leads fairly, at once, and so that anyone can see why."""
    try:
        read_secret_files(os.environ)
    except UnusableSecret as error:
        click.echo(say(Words(terminal_locale()), error.why), err=True)
        raise SystemExit(EXIT_UNUSABLE) from None


for command in (route, explain, replay, book, checkup, policy, regions, demo):
    main.add_command(command)

for command in (serve, migrate, make_roles, first_run, worker, backup, restore, doctor):
    main.add_command(command)

for command in (login_link, reset_link, rotate_key, conflict, pools):
    main.add_command(command)

for command in (verify, journal, sbom, backup_drill):
    main.add_command(command)
