"""What an item is worth: score from the card, grade from the score, points from the grade."""
