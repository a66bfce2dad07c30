"""A process that remembers nothing of another test's database."""

from tests.server.conftest import fresh_process, quick_hashes

__all__ = ["fresh_process", "quick_hashes"]
