"""Other people's servers, spoken to over real connections: chat systems, receivers of webhooks."""
