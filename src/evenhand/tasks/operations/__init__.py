"""Every write on to-dos and series: one function per business act."""
