"""Every change of lines and policy versions."""
