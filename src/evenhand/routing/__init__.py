"""The only door for new items, and every act that gives one to somebody or takes it back."""
