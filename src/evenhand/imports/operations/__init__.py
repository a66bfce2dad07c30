"""Every change of imports."""
