"""公平: what each was due and received, per group and period; targets, reports, idle rules."""
