"""The bundled example: a week of leads of a made-up company, its team, policy and past year."""
