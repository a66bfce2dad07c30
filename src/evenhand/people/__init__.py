"""People's data: who works when. Users, teams, leave and roles join with the server."""
