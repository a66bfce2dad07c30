"""Every change of connectors, and what is done with deliveries."""
