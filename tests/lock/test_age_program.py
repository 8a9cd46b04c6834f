"""Where there is no library, the age program does the same, and hears no secret that others could read.

And what is sealed here is opened by the stock program, with a key file or a passphrase, without us.
"""

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from smartcli.lock import age, age_program, sealing
from smartcli.lock.errors import (
    AgeProgramError,
    DamagedSealError,
    InvalidKeyError,
    LockError,
    MissingLibraryError,
    NotOursError,
)
from smartcli.lock.identity import generate_identity, parse_identity
from smartcli.lock.key_file import seal_with_passphrase
from tests.lock.absent import take_library_away
from tests.lock.test_identity import WHEN

pytestmark = pytest.mark.skipif(not age_program.is_here(), reason="NO AGE HERE: the age program was not tried")

DATA = bytes(range(256)) * 2_000  # more than a pipe holds


def test_program_and_library_open_what_the_other_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    by_library = generate_identity()
    sealed_by_library = sealing.seal(DATA, by_library.recipient)
    with monkeypatch.context() as without:
        take_library_away(without)
        assert not age.has_library()
        assert age.is_available()
        by_program = generate_identity()
        assert parse_identity(by_library.secret) == by_library
        sealed_by_program = sealing.seal(DATA, by_library.recipient)
        assert sealing.open_(sealed_by_library, [by_program, by_library]) == DATA
        assert sealing.open_(sealed_by_program, [by_library]) == DATA
    assert parse_identity(by_program.secret) == by_program
    assert sealing.open_(sealed_by_program, [by_library]) == DATA


def test_the_program_tells_another_key_from_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    key, other = generate_identity(), generate_identity()
    sealed = sealing.seal(b"words", key.recipient)
    take_library_away(monkeypatch)
    for identities in ([], [other], [other, other]):
        with pytest.raises(NotOursError):
            sealing.open_(sealed, identities)
    for broken in (sealed[:-1], sealed[:150], sealed + b"\0"):
        with pytest.raises(DamagedSealError):
            sealing.open_(broken, [key])


def test_a_recipient_never_becomes_an_option_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    take_library_away(monkeypatch)
    for to in ("-o/tmp/x", "age1yubikey1qqqq", "@file", ""):
        with pytest.raises(InvalidKeyError):
            sealing.seal(b"words", to)


def test_the_program_works_where_the_kernel_refuses_the_network() -> None:
    code = (
        "import sys\n"
        "sys.modules['pyrage'] = None\n"
        "from smartcli import silence\n"
        "silence.refuse_network()\n"
        "from smartcli.lock import identity, sealing\n"
        "key = identity.generate_identity()\n"
        "assert sealing.open_(sealing.seal(b'words', key.recipient), [key]) == b'words'\n"
        "assert 'smartcli.lock.age_program' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_secret_is_in_arguments_environment_or_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program between us and age writes down what anybody on this computer could read of it."""
    seen = tmp_path / "seen"
    for name in ("age", "age-keygen"):
        real = age_program.shutil.which(name)
        between = tmp_path / "bin" / name
        between.parent.mkdir(exist_ok=True)
        between.write_text(f'#!/bin/sh\nprintf "%s\\n" "$0 $*" >> {seen}\nenv >> {seen}\nexec {real} "$@"\n')
        between.chmod(0o700)
    key = generate_identity()
    sealed = sealing.seal(b"words of mine", key.recipient)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    take_library_away(monkeypatch)
    other = generate_identity()
    assert parse_identity(key.secret) == key
    assert sealing.open_(sealed, [other, key]) == b"words of mine"
    sealing.seal(b"words of mine", key.recipient)
    text = seen.read_text()
    assert text.count("/bin/age --decrypt --identity /dev/fd/") == 1
    assert key.recipient in text
    for secret in ("AGE-SECRET-KEY", key.secret[16:], other.secret[16:], "words"):
        assert secret not in text.replace("test_no_secret_is_in_arguments_environment_or_files", "")
    assert {path.name for path in tmp_path.iterdir()} == {"seen", "bin"}


def test_a_program_that_fails_or_hangs_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = generate_identity()
    sealed = sealing.seal(b"words", key.recipient)
    take_library_away(monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(age_program, "_SECONDS", 0.2)
    for script in ("#!/bin/sh\nexit 1\n", "#!/bin/sh\nexec /bin/sleep 5\n", "no program"):
        for name in ("age", "age-keygen"):
            (tmp_path / name).write_text(script)
            (tmp_path / name).chmod(0o700)
        for call in (
            lambda: sealing.seal(b"words", key.recipient),
            lambda: sealing.open_(sealed, [key]),
            lambda: parse_identity(key.secret),
            generate_identity,
        ):
            with pytest.raises(LockError):
                call()


def test_a_system_that_hands_on_no_pipes_damages_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    key = generate_identity()
    sealed = sealing.seal(b"words", key.recipient)
    take_library_away(monkeypatch)
    real = age_program._run
    monkeypatch.setattr(age_program, "_run", lambda command, data, *, inherit: real(command, data))
    with pytest.raises(AgeProgramError):
        sealing.open_(sealed, [key])


def test_no_pipe_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    key = generate_identity()
    sealed = sealing.seal(b"words", key.recipient)
    take_library_away(monkeypatch)
    before = sorted(os.listdir("/dev/fd"))
    assert sealing.open_(sealed, [key]) == b"words"
    with pytest.raises(DamagedSealError):
        sealing.open_(sealed[:-1], [key])
    assert sorted(os.listdir("/dev/fd")) == before


def test_half_a_program_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "age").write_text("")
    (tmp_path / "age").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    take_library_away(monkeypatch)
    assert not age.is_available()
    with pytest.raises(MissingLibraryError):
        sealing.seal(b"words", "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A sealed file, its key as on the sheet and as a key file, in one folder."""
    key = generate_identity()
    (tmp_path / "entry.age").write_bytes(sealing.seal(b'{"mood": 3}', key.recipient))
    (tmp_path / "key.txt").write_text(key.secret + "\n")
    # Less work than ships: that is tried once, by pyrage.
    (tmp_path / "key.age").write_bytes(seal_with_passphrase(key.to_key_file_text(WHEN), "tést vier", log_work=10))
    return tmp_path


def test_the_stock_program_opens_a_file_with_the_line_of_the_sheet(files: Path) -> None:
    command = ["age", "-d", "-i", "key.txt", "entry.age"]
    assert subprocess.run(command, cwd=files, capture_output=True, check=True).stdout == b'{"mood": 3}'


def test_the_stock_program_opens_a_file_with_the_key_file_and_its_passphrase(files: Path) -> None:
    child = pexpect.spawn("age", ["-d", "-i", "key.age", "-o", "opened", "entry.age"], cwd=str(files), timeout=60)
    child.expect("passphrase")
    child.sendline("tést vier")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert (files / "opened").read_bytes() == b'{"mood": 3}'
