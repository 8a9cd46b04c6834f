"""The kernel refuses the network to the program; where it cannot, the program goes on, and `where --network` says so."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smartcli import silence
from smartcli.renderers import plain
from smartcli.workbook import network_trial
from tests.conftest import Run
from tests.support import children
from tests.terminal.driver import run as run_program

X86_64, AARCH64, I386, ARM, RISCV64 = 0xC000003E, 0xC00000B7, 0x40000003, 0x40000028, 0xC00000F3
UNIX, INET = 1, 2  # the numbers of Linux, whatever system runs the tests
ALLOWED, REFUSED, ENDED = "allowed", "refused", "ended"


def in_child(code: str) -> Any:
    """Return what code prints as JSON in a process of its own, since nothing takes the filter off again."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=children.environment(), timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def by_the_kernel() -> None:
    """Only where the kernel takes the filter."""
    code = (
        "import json; from smartcli import silence as s; s.refuse_network(); print(json.dumps(s.is_network_refused()))"
    )
    if not in_child(code):
        pytest.skip("NOT RUN: the kernel takes no filter here")


# --- The filter itself, in an interpreter of its own: both machines on any.


def answer(call: int, argument: int = 0, architecture: int = X86_64) -> str:
    """Return what the filter answers to a system call (classic BPF, as far as the filter uses it)."""
    data = {0: call & 0xFFFFFFFF, 4: architecture, 16: argument & 0xFFFFFFFF}
    program, at, accumulator = silence.network_filter(), 0, 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        match code:
            case 0x20:  # BPF_LD | BPF_W | BPF_ABS
                accumulator = data[operand]
            case 0x15:  # BPF_JMP | BPF_JEQ | BPF_K
                at += if_true if accumulator == operand else if_false
            case 0x35:  # BPF_JMP | BPF_JGE | BPF_K
                at += if_true if accumulator >= operand else if_false
            case 0x06:  # BPF_RET | BPF_K
                return {0x7FFF0000: ALLOWED, 0x00050000 | errno.EACCES: REFUSED, 0x80000000: ENDED}[operand]
            case _:
                pytest.fail(f"an instruction that nobody knows: {code:#x}")


class Numbers(NamedTuple):
    """The numbers of some system calls on one machine (its table in the kernel's source)."""

    socket: int
    socketpair: int
    connect: int
    openat: int
    seccomp: int
    io_uring_enter: int = 426


MACHINES = {X86_64: Numbers(41, 53, 42, 257, 317), AARCH64: Numbers(198, 199, 203, 56, 277)}


@pytest.mark.parametrize("architecture", MACHINES)
def test_on_each_machine_only_sockets_of_this_device_pass(architecture: int) -> None:
    numbers = MACHINES[architecture]
    for family in range(64):
        assert answer(numbers.socket, family, architecture) == (ALLOWED if family == UNIX else REFUSED)
    assert answer(numbers.socket, -1, architecture) == REFUSED
    assert answer(425, 0, architecture) == REFUSED  # io_uring_setup


@pytest.mark.parametrize("architecture", MACHINES)
def test_on_each_machine_all_else_passes(architecture: int) -> None:
    numbers = MACHINES[architecture]
    refused = {call for call in range(1024) if answer(call, INET, architecture) != ALLOWED}
    assert refused == {numbers.socket, 425}
    assert answer(-1, INET, architecture) == ALLOWED  # strace answers it, and gives it this number


def test_a_call_of_another_abi_ends_the_process() -> None:
    for architecture in (I386, ARM, RISCV64, 0):
        assert {answer(call, UNIX, architecture) for call in range(500)} == {ENDED}
    for call in (0, 41, 425, 512, 547):
        assert answer(0x40000000 | call) == ENDED  # x32


# --- The kernel


_TRY = """
import ctypes, errno, json, os, socket, subprocess, sys, tempfile, threading
from smartcli import silence

def of(family, kind=socket.SOCK_DGRAM):
    try:
        socket.socket(family, kind).close()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "made"

CHILD = '''
import socket
try:
    socket.socket(socket.AF_INET).close(); print("made")
except OSError as error:
    print(error.errno)
'''

silence.refuse_network()
found = {name: of(family) for name, family in %(families)s.items()}
found["stream"], found["raw"] = of(socket.AF_INET, socket.SOCK_STREAM), of(socket.AF_INET, socket.SOCK_RAW)
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall(425, 8, None)
found["io_uring"] = errno.errorcode[ctypes.get_errno()]

one, other = socket.socketpair()
one.sendall(b"x")
found["pair"] = other.recv(1).decode()
with tempfile.TemporaryDirectory() as folder:
    server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    server.bind(folder + "/it")
    server.listen()
    client.connect(folder + "/it")
found["unix"] = of(socket.AF_UNIX)

def look():
    found["thread"] = of(socket.AF_INET)
thread = threading.Thread(target=look)
thread.start()
thread.join()
found["child"] = subprocess.run([sys.executable, "-S", "-c", CHILD], capture_output=True, text=True).stdout.strip()
found["names"] = ""
try:
    socket.getaddrinfo("192.0.2.1.invalid", 80)
except socket.gaierror as error:
    found["names"] = "EAI_NONAME" if error.errno == socket.EAI_NONAME else "refused"

found["x32"] = None
if os.uname().machine == "x86_64":
    if not (child := os.fork()):
        libc.syscall(0x40000000 | 39)  # getpid
        os._exit(0)
    found["x32"] = os.WTERMSIG(os.waitpid(child, 0)[1])
print(json.dumps(found))
"""


@pytest.mark.usefixtures("by_the_kernel")
def test_the_kernel_refuses_every_network_and_nothing_of_this_device() -> None:
    families = {"INET": INET, "INET6": 10, "NETLINK": 16, "PACKET": 17, "CAN": 29, "VSOCK": 40, "XDP": 44}
    found = in_child(_TRY % {"families": families})
    refused = (*families, "stream", "raw", "io_uring", "thread")
    assert {name: found[name] for name in refused} == dict.fromkeys(refused, "EACCES")
    assert found["child"] == str(errno.EACCES)
    assert (found["pair"], found["unix"]) == ("x", "made")
    assert found["x32"] in (None, signal.SIGSYS)


_AT_TYPER = """
import sys
import smartcli.__main__ as program

class AtTyper:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            import errno, json, socket
            sys.meta_path.remove(self)
            status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines() if ":" in line)
            try:
                socket.socket(socket.AF_INET)
                made = "made"
            except OSError as error:
                made = errno.errorcode[error.errno]
            print(json.dumps([status["Seccomp"].strip(), status["NoNewPrivs"].strip(), made]))

assert not {"typer", "click", "smartcli.cli"} & {*sys.modules}
sys.meta_path.insert(0, AtTyper())
sys.argv = ["smartcli", "--version"]
program.main()
"""


@pytest.mark.usefixtures("by_the_kernel")
def test_it_is_refused_before_the_command_line_is_read_whatever_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _AT_TYPER], capture_output=True, text=True, env=children.environment(), timeout=60
    )
    assert json.loads(done.stdout.splitlines()[0]) == ["2", "1", "EACCES"]
    assert (done.returncode, done.stdout.splitlines()[1][:8]) == (0, "smartcli")


@pytest.mark.usefixtures("by_the_kernel")
def test_the_program_tries_it_and_shows_what_it_found(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shown = run_program(home, "where", "--network")
    found = json.loads(run_program(home, "where", "--network", "--json").stdout)["network"]
    assert found["refused"] is True
    assert {found["tried"].pop("names")} <= {True, None}  # None where another program looks up names
    assert found["tried"] == {"ipv4": True, "ipv6": True, "udp": True}
    assert (shown.returncode, shown.stderr) == (0, "")
    assert [shown.stdout.count(f"{way}: refused\n") for way in ("IPv4", "IPv6", "UDP")] == [1, 1, 1]
    assert "cannot" not in shown.stdout
    assert not home.exists()


@pytest.mark.usefixtures("by_the_kernel")
@pytest.mark.parametrize(("error", "which"), [("EPERM", "1+"), ("EINVAL", "3"), ("ENOSYS", "3")])
def test_where_the_kernel_does_not_take_it_the_program_goes_on_and_tries_nothing(
    error: str, which: str, tmp_path: Path
) -> None:
    """The third `prctl` of the program is the one that sets the filter."""
    trace = tmp_path / "trace"
    calls = ["-e", "trace=network,prctl", "-e", f"inject=prctl:error={error}:when={which}"]
    try:
        subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("NOT RUN: strace is not here, or may not trace")
    before = ["strace", "-f", "-o", str(trace), *calls]
    done = run_program(tmp_path / "home", "where", "--network", "--json", before=before)
    assert json.loads(done.stdout) == {"network": {"refused": False, "tried": {}}}
    assert (done.returncode, done.stderr) == (0, "")
    refused = [line for line in trace.read_text().splitlines() if "INJECTED" in line]
    assert ("PR_SET_SECCOMP" if which == "3" else "PR_SET_NO_NEW_PRIVS") in refused[-1]
    assert "socket" not in trace.read_text()


@pytest.mark.parametrize(
    ("system", "machine", "largest"),
    [
        ("darwin", "arm64", 2**63 - 1),
        ("win32", "AMD64", 2**63 - 1),
        ("linux", "riscv64", 2**63 - 1),
        ("linux", "i686", 2**31 - 1),
        ("linux", "x86_64", 2**31 - 1),  # a program of 32 bits: each of its calls is of another ABI
        ("linux", "aarch64", 2**31 - 1),
    ],
)
def test_where_the_filter_does_not_fit_it_is_not_set(
    system: str, machine: str, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:  # pytest itself asks for some of these
        patched.setattr(silence, "_set_filter", lambda: pytest.fail("it would end the program"))
        patched.setattr(os, "uname", lambda: type("Uname", (), {"machine": machine})(), raising=False)
        patched.setattr(sys, "maxsize", largest)
        patched.setattr(sys, "platform", system)
        silence.refuse_network()
    assert not silence.is_network_refused()


@pytest.mark.parametrize("error", [ImportError, OSError, AttributeError])
def test_what_goes_wrong_as_it_is_set_hinders_nothing(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise error

    monkeypatch.setattr(silence, "_set_filter", refuse)
    silence.refuse_network()
    assert not silence.is_network_refused()


# --- What `where --network` says


def test_nothing_is_tried_where_nothing_is_refused(run: Run) -> None:
    """The process of the tests is one: no test filters it, and its ear would hear a try."""
    done = run("where", "--network")
    assert done.exit_code == 0
    assert "This system cannot do that" in " ".join(done.stdout.split())
    assert "refused" not in done.stdout
    assert "How to see for yourself" in done.stdout
    assert json.loads(run("where", "--network", "--json").stdout) == {"network": {"refused": False, "tried": {}}}


def test_a_socket_that_is_not_refused_is_told_closed_and_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some emulators take a filter and do not heed it."""
    closed = []

    class Made:
        def __init__(self, family: int, kind: int) -> None:
            if family == socket.AF_INET6:
                raise OSError(errno.EACCES, "")

        def close(self) -> None:
            closed.append(self)

    monkeypatch.setattr(silence, "_refused", True)
    monkeypatch.setattr(socket, "socket", Made)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_name: pytest.fail("it would send"))
    tried = network_trial.try_network()
    assert tried == {"ipv4": False, "ipv6": True, "udp": False}
    assert len(closed) == 2
    assert network_trial.to_json(tried)["network"]["refused"] is False
    page = plain.page(network_trial.page(tried))
    assert "it does not" in page
    assert "IPv4: not refused" in page
    assert "IPv6: refused" in page


@pytest.mark.parametrize(
    ("error", "is_refused"),
    [(socket.EAI_AGAIN, True), (socket.EAI_FAIL, True), (socket.EAI_NONAME, False), (None, False)],
)
def test_an_answer_about_a_name_is_no_refusal(
    error: int | None, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(name: str, port: None) -> list[Any]:
        assert name.endswith(".invalid")
        if error is not None:
            raise socket.gaierror(error, "")
        return []

    monkeypatch.setattr(silence, "_refused", True)
    monkeypatch.setattr(network_trial, "_is_refused", lambda family, kind: True)
    monkeypatch.setattr(network_trial, "_looks_up_here", lambda: True)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert network_trial.try_network()["names"] is is_refused


@pytest.mark.parametrize(
    ("text", "is_here"),
    [
        ("hosts: files dns", True),
        ("# hosts: files resolve\nhosts:\tfiles  mdns4_minimal [NOTFOUND=return] dns # as always", True),
        ("passwd: files systemd", True),
        ("", True),
        (None, True),
        ("hosts: files", False),  # "no such name" would come from this device
        ("hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns", False),  # systemd-resolved asks for us
        ("hosts: files mdns4 dns", False),  # avahi does
        ("hosts:files sss dns", False),
    ],
)
def test_a_name_is_not_looked_up_where_another_program_would_ask_the_network(
    text: str | None, is_here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, service = tmp_path / "nsswitch.conf", tmp_path / "service"
    if text is not None:
        sources.write_text(text)
    monkeypatch.setattr(network_trial, "_NAME_SOURCES", sources)
    monkeypatch.setattr(network_trial, "_LOOKING_UP", [service])
    assert network_trial._looks_up_here() is is_here
    service.touch()
    assert not network_trial._looks_up_here()


@pytest.mark.parametrize("error", [errno.EMFILE, errno.EAFNOSUPPORT, errno.EACCES])
def test_only_a_refusal_is_told_as_one(error: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_socket(family: int, kind: int) -> None:
        raise OSError(error, "")

    monkeypatch.setattr(silence, "_refused", True)
    monkeypatch.setattr(network_trial, "_looks_up_here", lambda: False)
    monkeypatch.setattr(socket, "socket", open_socket)
    is_refused = error == errno.EACCES
    assert {*network_trial.try_network().values()} == ({True, None} if is_refused else {False})


def test_what_was_not_tried_is_not_said_to_be_refused() -> None:
    tried = {"ipv4": True, "ipv6": True, "udp": True, "names": None}
    page = plain.page(network_trial.page(tried))
    assert page.count(": refused") == 3
    assert "name: not tried" in page
    assert network_trial.to_json(tried)["network"] == {"refused": True, "tried": tried}


@pytest.mark.parametrize(("system", "recipe"), [("linux", "unshare"), ("darwin", "sandbox-exec"), ("win32", "resmon")])
def test_each_system_has_a_way_to_see_for_oneself(system: str, recipe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    page = plain.page(network_trial.page({}))
    assert recipe in page
    assert ("Nobody has tried this" in page) is (system != "linux")


def test_the_option_stands_alone(run: Run) -> None:
    done = run("where", "--network", "--accept-missing")
    assert done.exit_code == 2
    assert done.stdout == ""
