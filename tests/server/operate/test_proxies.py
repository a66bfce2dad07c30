"""The documented proxies, started from the documented text before a real server, and measured.

(ASVS 12.1.1, 12.1.2, 12.2.1, 12.2.2; reference: reliability, S2)
"""

import re
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from evenhand.imports.models import Import
from evenhand.journal.live import CHANNEL
from evenhand.people.models import Bucket, UserSession
from evenhand.web.middleware import FOR_PROGRAMS, MOST_BYTES
from tests.server.cast import PASSWORD, Cast, browser, cast, give_password
from tests.server.drills.conftest import url_of_tests
from tests.server.drills.served import Web
from tests.server.operate.fronts import CALLER, HOST, Front, documented, front, program

pytestmark = [pytest.mark.django_db(transaction=True)]
PROXIES = ("nginx", "caddy")
SECRET = "a-link-that-nobody-may-read"  # of nobody
NUMBER = "13900004711"
HEADERS = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


@pytest.mark.parametrize("name", PROXIES)
def test_both_languages_have_the_same_text(name: str) -> None:
    assert documented(name) == documented(name, "proxy.zh-CN.md")


@pytest.fixture(params=PROXIES)
def name(request: pytest.FixtureRequest) -> str:
    found = str(request.param)
    if program(found) is None:
        pytest.skip(f"there is no {found} on this machine: apt-get install {found}")
    return found


@contextmanager
def served(folder: Path) -> Iterator[Web]:
    """A web server that knows it stands behind one proxy with https."""
    folder.mkdir()
    web = Web(url_of_tests(), folder, environ={"EVENHAND_URL": f"https://{HOST}"})
    try:
        yield web.ready()
    finally:
        web.kill()


@pytest.mark.slow
def test_a_proxy_from_the_documented_text_does_what_is_promised(name: str, tmp_path: Path) -> None:
    people = cast()
    with served(tmp_path / "web") as web, front(name, tmp_path / name, web.port) as proxy:
        print(f"{name}: {versions(proxy)}")
        assert versions(proxy) == {
            "TLSv1": False,
            "TLSv1_1": False,
            "TLSv1_2": True,
            "TLSv1_3": True,
        }
        assert not speaks(proxy, "AES128-GCM-SHA256")  # no forward secrecy
        assert name == "caddy" or not speaks(proxy, "ECDHE-RSA-AES128-SHA")
        assert protocol(proxy) == "h2"

        has_the_headers(proxy)
        leads_pages_on_and_refuses_programs(proxy)
        tells_who_asks(proxy, people)
        streams(proxy, people)
        takes_large_files(proxy, people, {413, 502} if name == "caddy" else {413})
        keeps_secrets_to_itself(proxy, web)


@pytest.mark.slow
@pytest.mark.skipif(program("nginx") is None, reason="needs nginx (apt-get install nginx)")
def test_another_text_is_noticed(tmp_path: Path) -> None:
    """The control: the client does speak old TLS and weak ciphers where somebody takes them."""
    text = documented("nginx")
    text = text.replace("ssl_protocols TLSv1.2 TLSv1.3", "ssl_protocols TLSv1 TLSv1.1 TLSv1.2")
    text = re.sub(r"ssl_ciphers [^;]+", "ssl_ciphers ALL:@SECLEVEL=0", text)
    with front("nginx", tmp_path / "nginx", 9, text=text) as proxy:
        assert versions(proxy) == {
            "TLSv1": True,
            "TLSv1_1": True,
            "TLSv1_2": True,
            "TLSv1_3": False,
        }
        assert speaks(proxy, "AES128-GCM-SHA256") and speaks(proxy, "ECDHE-RSA-AES128-SHA")


# -- what is measured ---------------------------------------------------------------------------


def versions(proxy: Front) -> dict[str, bool]:
    """Which versions of TLS it speaks with a client that speaks only that."""
    return {
        one: _connects(proxy, _only(ssl.TLSVersion[one]))
        for one in ("TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3")
    }


def speaks(proxy: Front, cipher: str) -> bool:
    """Whether it takes this cipher of TLS 1.2."""
    context = _only(ssl.TLSVersion.TLSv1_2)
    context.set_ciphers(f"{cipher}:@SECLEVEL=0")
    return _connects(proxy, context)


def protocol(proxy: Front) -> str | None:
    """What it chooses of HTTP/2 and HTTP/1.1."""
    context = proxy.trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with proxy.over(context) as connection:
        return connection.selected_alpn_protocol()


def _only(version: ssl.TLSVersion) -> ssl.SSLContext:
    # Whom it speaks to is another question: here a server would do that accepts too much.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")  # else it is the client that refuses
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that they are old is the point
        context.minimum_version = context.maximum_version = version
    return context


def _connects(proxy: Front, context: ssl.SSLContext) -> bool:
    try:
        proxy.over(context).close()
    except (ssl.SSLError, ConnectionResetError):
        return False
    return True


def has_the_headers(proxy: Front) -> None:
    answer = proxy.ask("GET", "/login")
    answer.read()

    assert answer.status == 200
    told = {header: answer.headers.get_all(header) for header in HEADERS}
    assert told == {header: [value] for header, value in HEADERS.items()}
    (policy,) = answer.headers.get_all("content-security-policy") or []
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    cookies = answer.headers.get_all("set-cookie") or []
    assert cookies and all(one.startswith("__Host-") and "Secure" in one for one in cookies)


def leads_pages_on_and_refuses_programs(proxy: Front) -> None:
    answer = proxy.ask("GET", "/leads?page=2", is_plain=True)
    answer.read()
    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}/leads?page=2")
    for path in FOR_PROGRAMS:
        told = proxy.ask("GET", f"{path}me" if path.endswith("/") else path, is_plain=True)
        told.read()
        assert (path, told.status) == (path, 403)


def tells_who_asks(proxy: Front, people: Cast) -> None:
    """Addresses of logins and of limits are the caller's own, whatever he says he is."""
    forged = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http"}
    right = _log_in(proxy, give_password(people.ren).email, PASSWORD, forged)
    wrong = _log_in(proxy, people.rui.email, "not the password", forged)

    assert (right.status, wrong.status) == (302, 422)
    assert list(
        UserSession.objects.filter(user_id=people.ren.pk).values_list("address", flat=True)
    ) == [CALLER]
    counted = set(Bucket.objects.filter(key__startswith="login:").values_list("key", flat=True))
    assert f"login:{CALLER}" in counted
    assert not {one for one in counted if "6.6.6.6" in one or one == "login:127.0.0.1"}


def _log_in(proxy: Front, email: str, password: str, headers: dict[str, str]) -> HTTPResponse:
    page = proxy.ask("GET", "/login", headers=headers)
    token, cookie = _form(page)
    said = f"csrfmiddlewaretoken={token}&email={email}&password={password.replace(' ', '+')}"
    more = {"Cookie": cookie, "Origin": f"https://{HOST}", **headers}
    more["Content-Type"] = "application/x-www-form-urlencoded"
    answer = proxy.ask("POST", "/login", body=said.encode(), headers=more)
    answer.read()
    return answer


def _form(page: HTTPResponse) -> tuple[str, str]:
    """The anti-forgery token of a page, and the cookies that belong to it."""
    text = page.read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert found is not None, (page.status, text[:400])
    cookies = page.headers.get_all("set-cookie") or []
    return found[1], "; ".join(one.partition(";")[0] for one in cookies)


def _session(person_cookie: str) -> str:
    return f"__Host-session={person_cookie}"


def streams(proxy: Front, people: Cast) -> None:
    """An event is there while the answer goes on: what happens after it comes on the same stream.

    A stream may begin with all topics, which then have one id.
    """
    cookie = _session(browser(people.carl).cookies["session"].value)
    stream = proxy.ask("GET", "/live", headers={"Cookie": cookie})
    assert (stream.status, stream.headers["content-type"]) == (200, "text/event-stream")
    with hinting("inbox"):
        first, _ = _next_event(stream)
    later = (first, "")
    with hinting("pool"):
        while later[0] == first or later[1] != "pool":
            later = _next_event(stream)
    stream.close()


def _next_event(stream: HTTPResponse) -> tuple[str, str]:
    """Its id and its topic."""
    number = ""
    while line := stream.readline().decode():
        if line.startswith("id: "):
            number = line.strip()
        if line.startswith("event: "):
            return number, line.removeprefix("event: ").strip()
    raise AssertionError("the stream ended before it told")


@contextmanager
def hinting(topic: str) -> Iterator[None]:
    """Says again and again that a topic changed for everybody."""
    over = Event()

    def say() -> None:
        with psycopg.connect(url_of_tests(), autocommit=True) as session:
            while not over.wait(0.2):
                session.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f'{{"{topic}": []}}'])

    thread = Thread(target=say)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def takes_large_files(proxy: Front, people: Cast, refused: set[int]) -> None:
    """A file of 20 MB arrives whole; one that is larger than Evenhand takes is refused.

    Evenhand refuses it while it is still coming: Caddy may notice that first, and then says 502.
    """
    row = "张三,{:011},备注" + "很长的备注" * 2_000 + "\n"
    content = ("姓名,手机,备注\n" + "".join(row.format(n) for n in range(700))).encode()
    assert len(content) > 20_000_000
    answer = _upload(proxy, people, content)
    assert (answer.status, answer.read()) == (302, b"")
    assert Import.objects.get().byte_count == len(content)

    answer = _upload(proxy, people, b"x" * (MOST_BYTES + 1))
    answer.read()
    assert answer.status in refused


def _upload(proxy: Front, people: Cast, content: bytes) -> HTTPResponse:
    session = _session(browser(people.olga).cookies["session"].value)
    token, cookie = _form(proxy.ask("GET", "/imports", headers={"Cookie": session}))
    end = "----a-line-of-its-own"
    head = (
        f'--{end}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{end}\r\nContent-Disposition: form-data; name="file"; filename="fair.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{end}--\r\n".encode()
    headers = {
        "Cookie": f"{session}; {cookie}",
        "Origin": f"https://{HOST}",
        "Content-Type": f"multipart/form-data; boundary={end}",
    }
    return proxy.ask("POST", "/imports", body=body, headers=headers)


def keeps_secrets_to_itself(proxy: Front, web: Web) -> None:
    """Addresses that open something stand in no log, nor what was searched for, come what may."""
    asked = [f"/{one}/{SECRET}" for one in ("link", "set-up", "in", "feeds", "intake/result")]
    asked += [f"/leads?q={NUMBER}"]
    for path in asked:
        proxy.ask("GET", path).read()
        proxy.ask("GET", path, is_plain=True).read()
    web.kill()
    for path in asked:
        answer = proxy.ask("GET", path)
        answer.read()
        assert answer.status == 502

    logged = proxy.logged()
    assert SECRET not in logged and NUMBER not in logged
