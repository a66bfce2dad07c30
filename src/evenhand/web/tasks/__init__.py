"""Pages of to-dos (待办): the day, the list, the board, the calendar, the task market."""
