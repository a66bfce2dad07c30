"""What a policy would have done with an intake that is over, and how two policies differ there."""
