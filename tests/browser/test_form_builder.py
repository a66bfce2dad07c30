"""A form is built, stands in somebody else's site, and what is sent there becomes a lead."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from evenhand.forms.models import Form
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.policies.operations.publish import publish
from evenhand.routing.intake import WRITER
from evenhand.web.intake import tickets
from tests.browser.conftest import Visitor, fits, serious
from tests.server.cast import Cast
from tests.server.routing.world import policy


@contextmanager
def served(site: str) -> Iterator[str]:
    """A page of somebody else's, at an address of its own."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(site.encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.slow
def test_a_form_is_built_and_filled_in_inside_a_foreign_page(
    visitor: Visitor, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("direct", policy(), actor=SYSTEM)
    monkeypatch.setattr(tickets, "FEWEST_SECONDS", 0)
    page = visitor.visit("/intake/forms", people.olga, language="en")
    page.locator("summary", has_text="New form").click()
    page.get_by_label("Name of the form").fill("Shop")
    page.get_by_role("button", name="Make it and edit").click()
    page.locator("details.form-field summary", has_text="Region").click()
    page.get_by_label("Choices").locator("visible=true").fill("North\nSouth")
    page.get_by_label("Heading", exact=True).fill("Ask our engineers")
    page.get_by_label("Consent", exact=True).fill("You may call me.")
    page.get_by_label("Consent", exact=True).blur()
    preview = page.frame_locator("#preview iframe")
    expect(preview.get_by_role("heading", name="Ask our engineers")).to_be_visible()
    expect(preview.get_by_label("Region").locator("option")).to_have_count(3)
    visitor.shoot(page, "builder")
    assert fits(page) and serious(page) == []
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("this is what visitors see now")).to_be_visible()

    # What is copied into the site, with this server's address.
    home = f"{visitor.address}/f/"
    site = (
        "<!doctype html><title>Shop</title><h1>Our shop</h1>"
        f'<iframe src="{home}{Form.objects.get().key}?embed=1" title="x" width="100%"></iframe>'
        f'<script src="{home}embed.js" async></script>'
    )
    context = page.context.browser.new_context(locale="en")  # type: ignore[union-attr]
    shop = context.new_page()
    with served(site) as shop_address:
        shop.goto(f"{shop_address}/?utm_campaign=autumn&utm_medium=mail")
    inside = shop.frame_locator("iframe")
    expect(inside.locator("input[name=utm_campaign]")).to_have_value("autumn")
    expect(inside.locator("input[name=work]")).not_to_have_value("")
    shop.wait_for_function("parseInt(document.querySelector('iframe').style.height) > 400")
    inside.get_by_label("Name", exact=True).fill("王芳")
    inside.get_by_label("Phone").fill("13800138000")
    inside.get_by_label("Region").select_option("South")
    inside.get_by_label("You may call me.").check()
    inside.get_by_role("button", name="Send").click()

    expect(inside.get_by_role("heading", name="Thank you")).to_be_visible()
    lead = Lead.objects.get()
    assert (lead.via, lead.campaign, lead.extra["utm_medium"]) == ("form", "autumn", "mail")
    assert (
        lead.extra["consent"] == "You may call me." and lead.extra["consent_version"] == "Shop v1"
    )
    assert context.cookies() == []
    context.close()
    WRITER.stop()
