"""The Django application of this package."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Comparisons of drafts against what is live."""

    name = "evenhand.review"
    label = "review"
