"""What the threads of a web process are for.

Each request takes one from its first to its last byte, the waiting ones too, and a stream of news
keeps one for as long as a page is open. So streams get what the requests leave, and whoever must be
refused finds a thread that refuses him.
"""

from dataclasses import dataclass

# A process that has few threads gives half of them to requests.
MOST_FOR_REQUESTS = 96
# Connections of those who settle leads and claims together, and of who asks whether all is well.
_KEPT_CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Shares:
    """Threads by what they are for; those that are in no share refuse, and answer watchers."""

    together: int  # single leads and claims under way
    at_once: int  # everything else
    waiting: int  # for one of these
    streams: int


def shares_of(threads: int, connections: int) -> Shares:
    """How a process uses so many threads, with so many connections to the database.

    Fewer are served at once than there are connections: nobody waits for one.
    """
    requests = min(MOST_FOR_REQUESTS, max(1, threads // 2))
    return Shares(
        together=max(1, requests // 2),
        at_once=max(1, min(requests // 8, connections - _KEPT_CONNECTIONS)),
        waiting=requests // 4,
        streams=threads - requests,
    )
