"""Words in three languages: reason codes and the texts of command line and reports."""
