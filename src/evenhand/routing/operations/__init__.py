"""Acts by hand: assign, transfer, hand back, void, hand over; each booked and journaled."""
