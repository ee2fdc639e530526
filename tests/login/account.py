"""An OpenID provider and a directory, real servers on this machine."""

from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer

import json
import oidc_provider_mock
import os
import pytest
import requests
import shutil
import socket
import subprocess
import threading
import time


SECRET = "nur-zwischen-uns"
"""What the provider and the directory know us by."""


class Provider:
    """An OpenID provider: its people, their groups, and what it shows to a browser."""

    def __init__(self, port):
        self.port = port
        self.issuer = f"http://localhost:{port}"
        self.session = requests.Session()
        self.session.trust_env = False

    def knows(self, person, sub=None, **claims):
        """Let the provider have the account; returns its id there."""
        sub = sub or f"konto-{person}"
        said = {"preferred_username": person, **claims}
        self.session.put(
            f"{self.issuer}/users/{sub}", json=said, timeout=30
        ).raise_for_status()
        return sub


@pytest.fixture
def provider():
    """A provider on loopback."""
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as running:
        yield Provider(running.server_port)


class Liar:
    """Stands before the provider and changes what it says.

    :param lies: ``{path: what makes the answer another one}``.
    """

    def __init__(self, provider):
        self.provider = provider
        self.lies = {}
        liar = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                liar.answer(self)

            do_POST = do_GET

            def log_message(self, *said):
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler):
        size = int(handler.headers.get("Content-Length") or 0)
        kept = ("Authorization", "Content-Type")
        answer = self.provider.session.request(
            handler.command,
            f"{self.provider.issuer}{handler.path}",
            data=handler.rfile.read(size),
            headers={
                name: handler.headers[name] for name in kept if name in handler.headers
            },
            allow_redirects=False,
            timeout=30,
        )
        said = answer.content.replace(
            self.provider.issuer.encode(), self.issuer.encode()
        )
        if lie := self.lies.get(handler.path.partition("?")[0]):
            said = json.dumps(lie(json.loads(said))).encode()
        handler.send_response(answer.status_code)
        for name in ("Content-Type", "Location"):
            if name in answer.headers:
                handler.send_header(name, answer.headers[name])
        handler.send_header("Content-Length", str(len(said)))
        handler.end_headers()
        handler.wfile.write(said)

    def knows(self, person, **claims):
        return self.provider.knows(person, **claims)


@pytest.fixture
def liar(provider):
    """The same provider; each answer can be made another one."""
    liar = Liar(provider)
    yield liar
    liar.server.shutdown()
    liar.server.server_close()


LDIF = """\
dn: dc=amt,dc=example
objectClass: dcObject
objectClass: organization
o: Amt
dc: amt

dn: ou=people,dc=amt,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=amt,dc=example
objectClass: organizationalUnit
ou: groups
"""

CONF = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
database mdb
maxsize 10485760
suffix "dc=amt,dc=example"
rootdn "cn=eakte,dc=amt,dc=example"
rootpw {secret}
directory {folder}/db
"""


class DirectoryServer:
    """Debian's slapd, in a folder of its own."""

    bind = "cn=eakte,dc=amt,dc=example"

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.uri = f"ldap://127.0.0.1:{self.port}"
        (folder / "db").mkdir()
        (folder / "slapd.conf").write_text(CONF.format(folder=folder, secret=SECRET))
        (folder / "data.ldif").write_text(LDIF)
        self._run("slapadd", "-l", str(folder / "data.ldif"))
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [
                shutil.which("slapd", path=PATHS),
                *("-f", str(self.folder / "slapd.conf"), "-h", self.uri, "-d", "0"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("slapd does not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def knows(self, person, password, kind="intern"):
        self._do(
            "add",
            f"uid={person},ou=people,dc=amt,dc=example",
            objectClass="inetOrgPerson",
            uid=person,
            cn=person,
            sn=person,
            employeeType=kind,
            userPassword=password,
        )

    def disable(self, person):
        self._do(
            "modify",
            f"uid={person},ou=people,dc=amt,dc=example",
            employeeType="gesperrt",
        )

    def group(self, name, *people):
        """Let the group have these members, and no other."""
        import ldap
        import ldap.modlist

        link = self._link()
        dn = f"cn={name},ou=groups,dc=amt,dc=example"
        with suppress(ldap.NO_SUCH_OBJECT):
            link.delete_s(dn)
        values = {
            "objectClass": [b"groupOfNames"],
            "cn": [name.encode()],
            "member": [
                f"uid={each},ou=people,dc=amt,dc=example".encode()
                for each in people or ("niemand",)
            ],
        }
        link.add_s(dn, ldap.modlist.addModlist(values))
        link.unbind_s()

    def _do(self, verb, dn, **values):
        import ldap
        import ldap.modlist

        link = self._link()
        new = {name: [value.encode()] for name, value in values.items()}
        if verb == "add":
            link.add_s(dn, ldap.modlist.addModlist(new))
        else:
            changes = [(ldap.MOD_REPLACE, name, each) for name, each in new.items()]
            link.modify_s(dn, changes)
        link.unbind_s()

    def _link(self):
        import ldap

        link = ldap.initialize(self.uri)
        link.simple_bind_s(self.bind, SECRET)
        return link

    def _run(self, program, *arguments):
        subprocess.run(
            [
                shutil.which(program, path=PATHS),
                *("-f", str(self.folder / "slapd.conf")),
                *arguments,
            ],
            check=True,
            capture_output=True,
        )


PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/openldap"


@pytest.fixture
def directory(tmp_path):
    """A directory on loopback, by Debian's slapd."""
    server = DirectoryServer(tmp_path)
    yield server
    if server.process.poll() is None:
        server.stop()
