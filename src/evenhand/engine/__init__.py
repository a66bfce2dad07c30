"""Facts in, decision out: pure functions that know no database, network, clock or random source."""
