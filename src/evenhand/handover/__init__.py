"""Work that changes hands because somebody is away (代班) or leaves (离职交接)."""
