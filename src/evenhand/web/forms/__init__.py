"""Pages on which public forms are made, and what was kept aside is looked at."""
