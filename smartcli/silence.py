"""Silence: where it can, the kernel refuses the network to this program, so that nobody has to take our word for it.

On Linux (x86_64 and aarch64) a seccomp filter answers EACCES to every `socket` call for more than this device (only
AF_UNIX passes), and to `io_uring_setup`, which can make sockets too. A call of another ABI (32 bits, x32), whose
numbers mean other calls, ends the process. All else passes. Nothing can take the filter off again. Where it cannot be
set (another machine or system, an old kernel, a container that forbids it) the program goes on without it, and only
`where --network` says so.

Children inherit the filter: an editor for files elsewhere, or a browser opened on an export, would have no network. The
program starts only those that a reminder needs (`reminders/programs.py`), and age where there is no age library
(`lock/age_program.py`). One that needs the network, or more privileges than its parent (sudo, or crontab, which is
setgid: `PR_SET_NO_NEW_PRIVS`), could not be started from here.

What other programs do is not refused. One that is reached by AF_UNIX could be asked to use the network; some systems
look up names in this way (`workbook/network_trial.py`).

Source: Linux, Documentation/userspace-api/seccomp_filter.rst. Numbers: linux/prctl.h, linux/seccomp.h,
linux/bpf_common.h, linux/audit.h, and the tables of system calls.
"""

import contextlib
import errno
import os
import sys

# One instruction of a classic BPF program: opcode, how many to skip if true and if false, operand. A plain tuple, since
# this module is read at every start.
Instruction = tuple[int, int, int, int]

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in `struct seccomp_data`, little-endian
_ALLOW, _REFUSE, _END_PROCESS = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000

_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # machine: its AUDIT_ARCH, number of `socket`
_IO_URING_SETUP = 425  # on every machine
_X32 = 0x40000000  # set in every call of the x32 ABI
_SKIPPED = 0xFFFFFFFF  # -1: a debugger (strace) answers this call itself
_AF_UNIX = 1

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_NO_NEW_PRIVS = 22, 2, 38

_refused = False


def network_filter() -> list[Instruction]:
    """Return the filter, for both machines at once: an emulator may run a program of one on the kernel of the other."""
    program = [(_LOAD, 0, 0, _ARCHITECTURE)]
    for architecture, socket in _MACHINES.values():
        program += [
            (_IF_EQUAL, 0, 10, architecture),  # else on to what follows this list
            (_LOAD, 0, 0, _CALL),
            (_IF_EQUAL, 5, 0, _SKIPPED),  # allowed
            (_IF_AT_LEAST, 6, 0, _X32),  # the process ends
            (_IF_EQUAL, 4, 0, _IO_URING_SETUP),  # refused
            (_IF_EQUAL, 0, 2, socket),  # else allowed
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_IF_EQUAL, 0, 1, _AF_UNIX),  # else refused
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _END_PROCESS),
        ]
    return [*program, (_RETURN, 0, 0, _END_PROCESS)]


def refuse_network() -> None:
    """Have the kernel refuse the network to this process and its children from now on, where it can.

    Call it before there is a second thread, which would go without.
    """
    global _refused
    # A program of 32 bits may run on a machine of 64; every one of its calls would end it.
    if sys.platform == "linux" and os.uname().machine in _MACHINES and sys.maxsize > 2**32:
        with contextlib.suppress(ImportError, OSError, AttributeError):
            _refused = _set_filter()


def is_network_refused() -> bool:
    """Return whether the kernel has taken the filter."""
    return _refused


def _set_filter() -> bool:
    """Set the filter; return whether the kernel has taken it."""
    import ctypes
    import struct

    instructions = network_filter()
    held = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *instruction) for instruction in instructions))
    program = struct.pack("@HP", len(instructions), ctypes.addressof(held))  # struct sock_fprog
    control = ctypes.CDLL(None).prctl
    none = ctypes.c_ulong(0)  # the kernel looks at all 64 bits
    if control(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), none, none, none) != 0:
        return False
    return bool(control(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), program, none, none) == 0)
