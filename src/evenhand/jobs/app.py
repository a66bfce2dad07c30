"""The procrastinate application: which jobs there are."""

from procrastinate import App


def on_ready(app: App) -> None:
    """Load our jobs when Django has loaded everything else."""
