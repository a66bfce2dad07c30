"""The public pool (公海) and every clock over what people hold: claims, prices, protection."""
