"""`evenhand policy`: check a policy, compare two, show one, start a new one."""
