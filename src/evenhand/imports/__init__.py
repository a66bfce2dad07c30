"""Files of leads: understood, looked at, taken in row by row by a job, undone."""
