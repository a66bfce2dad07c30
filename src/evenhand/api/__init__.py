"""The API for programs, /api/v1: one call into a domain package each, in, out."""
