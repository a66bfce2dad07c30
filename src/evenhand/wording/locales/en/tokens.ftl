token-life-out-of-range = a token lives 1 to { $limit } days
token-name-missing = give the token a name, so that you know later which program uses it
token-scopes-unknown = choose at least one of these scopes: { $choices }
