"""The language of mappings: where things stand in a call and what becomes of them; no code."""
