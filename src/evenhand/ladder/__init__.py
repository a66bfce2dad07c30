"""The ladder of levels: who stands where, who is ready for the next, who accompanies whom."""
