"""`evenhand checkup`: read an exported history, examine it, write one page and the details."""
