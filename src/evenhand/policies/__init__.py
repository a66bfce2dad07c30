"""Business lines and the versions of their policies."""
