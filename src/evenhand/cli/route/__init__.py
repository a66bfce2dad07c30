"""`evenhand route`: two spreadsheets in; assignments, receipts and a report out."""
