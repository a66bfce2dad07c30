"""Every write on pools and clocks: one function per business act."""
