"""The Graph API of Meta and the CRM of HubSpot, as far as leads are fetched from them."""

from typing import Any

from tests.fakes.server import Asked, Fake, Reply

TOKEN = "access-of-tests"


class FakeForms(Fake):
    """Both: `/v23.0/<leadgen id>` and `/crm/v3/objects/contacts/<id>`, with a bearer's token."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: dict[str, dict[str, Any]] = {}

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            said = {"error": {"message": "Invalid OAuth access token.", "code": 190}}
            return Reply(said, status=401)
        found = self.leads.get(asked.path.rpartition("/")[2])
        if found is None:
            said = {"error": {"message": "Unsupported get request.", "code": 100}}
            return Reply(said, status=400)
        return Reply(found)
