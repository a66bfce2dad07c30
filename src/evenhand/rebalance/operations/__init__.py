"""What people do about rebalances."""
