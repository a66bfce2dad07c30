"""Making forms, publishing them, receiving what is sent, deciding about what is kept aside."""
