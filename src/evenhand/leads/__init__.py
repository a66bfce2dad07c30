"""Companies, contacts, leads, opportunities, activities, and who holds what."""
