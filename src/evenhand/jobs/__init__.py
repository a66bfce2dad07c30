"""What runs by the clock or takes long."""
