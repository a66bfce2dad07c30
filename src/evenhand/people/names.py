"""What people are called."""

from collections.abc import Collection

from evenhand.people.models import User


def user_names(ids: Collection[int]) -> dict[int, str]:
    """Names by user id, as people write them themselves."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
