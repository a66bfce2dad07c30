intake-nobody = give at least one of name, company, phone and email, or nobody knows who it is
intake-not-a-number = must be a number, 0 or more
intake-not-an-email = is not an email address; write it as name@example.com
intake-not-flat = must be one level of names and values: texts, numbers, true or false
intake-not-text = must be text
intake-too-long = is too long; at most { $limit } characters
intake-unknown-field = there is no such field; put your own fields into extra
