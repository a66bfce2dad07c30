"""To-dos (待办): single and in series, dealt by rules, made by events, claimed on the market."""
