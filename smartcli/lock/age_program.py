"""The age program: what `age_library.py` does, done by the commands `age` and `age-keygen`.

For systems for which there is no library (Termux, musl). Some hundred times slower: a process for
each file. Secrets go through pipes, never into arguments, the environment or a file. The programs
need no network, so the filter of `silence.py`, which they inherit, is nothing to them.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence

from smartcli.lock.errors import AgeProgramError, DamagedSealError, NotOursError

_AGE, _KEYGEN = "age", "age-keygen"
_NO_MATCH = b"no identity matched"  # how age says that none of the identities fits
_NO_KEYS = b"/dev/fd/"  # in what age says where it cannot read the keys: nothing is damaged
_SECONDS = 60  # that one call may take: 10 MiB take a tenth of one, a busy telephone may take some


def is_here() -> bool:
    """Return whether both programs can be found, on a system that hands on pipes."""
    return os.name == "posix" and all(shutil.which(name) for name in (_AGE, _KEYGEN))


def generate_identity() -> str:
    """Return a new X25519 identity (AGE-SECRET-KEY-1...), made by `age-keygen`."""
    lines = _output(_run([_KEYGEN], b"")).decode("ascii", "replace").split()
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-1")), "")


def derive_recipient(identity: str) -> str:
    """Return the recipient (age1...) of a valid identity."""
    return _output(_run([_KEYGEN, "-y"], identity.encode())).decode("ascii", "replace").strip()


def encrypt(data: bytes, recipient: str) -> bytes:
    """Return bytes as a binary age file for a valid recipient, which is public."""
    return _output(_run([_AGE, "--encrypt", "--recipient", recipient], data))


def decrypt(data: bytes, identities: Sequence[str]) -> bytes:
    """Return what is in an age file for one of the identities.

    Raises NotOursError, DamagedSealError, AgeProgramError.
    """
    # A pipe of its own for the keys: standard input is taken by the data, and a file would stay
    # on the disk. Some lines fit into a pipe that nobody reads yet.
    for_age, ours = os.pipe()
    try:
        with os.fdopen(ours, "w") as keys:
            keys.write("\n".join(identities))
        command = [_AGE, "--decrypt", "--identity", f"/dev/fd/{for_age}"]
        done = _run(command, data, inherit=[for_age])
    finally:
        os.close(for_age)
    if done.returncode == 0:
        return done.stdout
    if _NO_MATCH in done.stderr:
        raise NotOursError
    if _NO_KEYS in done.stderr:
        raise AgeProgramError
    raise DamagedSealError


def _run(command: Sequence[str], data: bytes, *, inherit: Sequence[int] = ()) -> subprocess.CompletedProcess[bytes]:
    """Run a program with data on its standard input; raises AgeProgramError where it does not end."""
    try:
        return subprocess.run(
            [*command], input=data, capture_output=True, timeout=_SECONDS, pass_fds=inherit, check=False
        )
    except (OSError, subprocess.SubprocessError):
        raise AgeProgramError from None


def _output(done: subprocess.CompletedProcess[bytes]) -> bytes:
    """Return what a program wrote; raises AgeProgramError where it did not end well."""
    if done.returncode != 0:
        raise AgeProgramError
    return done.stdout
