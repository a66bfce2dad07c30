"""`evenhand regions`: try the region of an address, check a file of divisions."""
