"""Words and delivers what people are told: inbox, mail."""
