"""Every write of this package: one function per act."""
