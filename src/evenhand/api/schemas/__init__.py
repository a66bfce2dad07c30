"""What goes in and what comes out, as types: the OpenAPI document is made from these."""
