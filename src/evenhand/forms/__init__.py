"""Public forms: made by sales operations, filled in by anybody, what is suspect kept aside."""
