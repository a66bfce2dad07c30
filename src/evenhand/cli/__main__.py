"""`python -m evenhand.cli`."""

from evenhand.cli.main import main

main()
