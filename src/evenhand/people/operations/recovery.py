"""Recovery codes: a way in for whoever lost the phone; each works once, only digests are kept."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.db.models import CharField, F, Func, Value

from evenhand.journal.operations import record
from evenhand.people.models import User
from evenhand.people.scope import actor_of

_COUNT = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_LENGTH = 16  # 79 bits: a stolen table of digests is not worth trying


def new_recovery_codes() -> tuple[list[str], list[str]]:
    """So many codes as people write them down, and their digests."""
    plain = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_COUNT)]
    shown = ["-".join(code[at : at + 4] for at in range(0, _LENGTH, 4)) for code in plain]
    return shown, [_digest_of(code) for code in plain]


def use_recovery_code(user: User, code: str) -> bool:
    """Whether this was one of the codes that are left; it is not from now on."""
    digest = _digest_of(code.replace("-", "").lower())
    digest_value = Value(digest, output_field=CharField(max_length=64))
    rest = Func(F("recovery_codes"), digest_value, function="array_remove")
    with transaction.atomic():
        rows = User.objects.filter(pk=user.pk, recovery_codes__contains=[digest])
        if rows.exclude(totp_secret="").update(recovery_codes=rest) != 1:
            return False
        record(
            "second_factor.recovery_used",
            actor=actor_of(user),
            object_kind="person",
            object_id=user.pk,
        )
    return True


def _digest_of(plain: str) -> str:
    return sha256(plain.encode()).hexdigest()
