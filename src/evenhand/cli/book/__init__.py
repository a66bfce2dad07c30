"""`evenhand book`: a manager's changes, booked in the ledger and written into the receipts."""
