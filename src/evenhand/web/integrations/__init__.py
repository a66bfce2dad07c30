"""集成: channels, links to chat systems, webhooks, and the company's default of notices."""
