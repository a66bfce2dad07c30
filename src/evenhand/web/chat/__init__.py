"""企业微信 at our door: sign-in, and the calls it makes when somebody presses or writes."""
