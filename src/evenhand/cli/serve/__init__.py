"""`evenhand serve`: everything that runs, started, looked after and stopped by one process."""
