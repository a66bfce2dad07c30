"""The public pool (公海) and the clocks over what people hold: claiming, protection, recycling."""
