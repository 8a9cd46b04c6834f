"""Durable, private file operations, all of them by way of `system.fs`.

What `publish` promises: the file is there whole, or not at all; nothing that was there is replaced;
once it returns, a power cut cannot take the file back. The steps, and why each is there:
ARCHITECTURE.md, "Keeping".
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Self

from smartcli.journal import limits, system
from smartcli.journal.limits import Limit
from smartcli.language import _

LARGEST = 16 * 1024 * 1024  # bytes; no file of ours is larger
TEMPORARY = ".tmp-"

# Flags for opening: 0 where a system has no such flag.
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)  # not inherited by programs we start
# O_NOFOLLOW: never through a link, which might lead anywhere. O_BINARY: Windows leaves line ends as
# they are.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | _CLOEXEC | getattr(os, "O_BINARY", 0)

_READ = os.O_RDONLY | _SAFELY | _NONBLOCK  # opening a fifo must not make us wait
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY | _NONBLOCK
_OVERWRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _SAFELY | _NONBLOCK
_APPEND = os.O_RDWR | os.O_APPEND | _SAFELY
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _CLOEXEC

# What disks answer to a request that they do not know: FAT, exFAT, network folders and FUSE each in
# their own way. Nothing is lost by it, while EIO, ENOSPC or ESTALE say that something may be.
_UNKNOWN_REQUEST = {
    errno.EPERM,
    errno.EACCES,
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOTTY,
}
# What only requests about folders and modes are answered with besides, where they are not known. Of a
# file that we write, EBADF would be a mistake of ours and EROFS a disk that has given up.
_UNKNOWN_OF_A_FOLDER = _UNKNOWN_REQUEST | {
    errno.EBADF,
    errno.EROFS,
    errno.EISDIR,
    errno.ENOLCK,
    errno.EMLINK,
    errno.EXDEV,
    errno.ENXIO,
    errno.EOVERFLOW,
}

# What `link` is answered with where there are no hard links (FAT, for one), or where they are not allowed.
NO_LINKS = _UNKNOWN_OF_A_FOLDER

# How Windows marks a file whose content lies in the cloud: offline, recall on open, recall on access.
_IN_THE_CLOUD = 0x1000 | 0x40000 | 0x400000


class NotAFileError(OSError):
    """Raised for anything but a plain file of a reasonable size.

    `strerror` says in a few words what it is instead.
    """


class ForeignFolderError(PermissionError):
    """Raised for a folder that belongs to another user."""


class NotDurableError(OSError):
    """Raised when something is done and can be seen, but the disk could not make it durable."""


class Folder:
    """An open folder of ours, whose files are reached relative to its descriptor.

    So nobody can put another folder in its place while we write.
    Windows opens no folders: there its files are reached by its path.
    """

    _fd = -1

    def __init__(self, path: Path, *, create: bool = False, shared: bool = False) -> None:
        """Open the folder; with `create` make it and the folders missing above it, mode 0700.

        Other users' access to the folder is taken away, where the disk knows permissions. `shared`
        leaves it: a folder that is not ours alone. Raises OSError, among others ForeignFolderError.
        """
        self.path = path
        if create:
            _make(path)
        self._close = system.fs.close  # when __del__ runs, `system.fs` may be another one, or gone
        self._fd = system.fs.open(str(path), _FOLDER) if _BY_FD else -1
        if _BY_FD and not shared:
            try:
                self._make_private()
            except BaseException:
                self.close()
                raise

    def _make_private(self) -> None:
        """Take away other users' access; raises ForeignFolderError for another user's folder."""
        status = system.fs.fstat(self._fd)
        if status.st_uid != os.getuid():
            raise ForeignFolderError(errno.EPERM, "belongs to another user")
        if status.st_mode & 0o077:
            set_mode(self._fd, 0o700)
            # Some disks take the request and do nothing.
            if system.fs.fstat(self._fd).st_mode & 0o077:
                limits.met.add(Limit.MODES)

    def close(self) -> None:
        """Close the folder; closing it again does nothing."""
        # Forgotten before it is closed, even if that fails: by then the number may be another
        # file's.
        fd, self._fd = self._fd, -1
        if fd >= 0:
            self._close(fd)

    def __del__(self) -> None:
        """Close a folder that was kept open for the next reading."""
        with contextlib.suppress(OSError):
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _at(self, name: str) -> tuple[str, dict[str, Any]]:
        """Return the path and keyword arguments by which system calls reach a file in here."""
        if self._fd >= 0:
            return name, {"dir_fd": self._fd}
        return str(self.path / name), {}

    def read(self, name: str, largest: int = LARGEST) -> bytes:
        """Return a file's bytes; raises NotAFileError for what is no plain file of `largest` bytes at most."""
        path, at = self._at(name)
        fd = open_no_link(path, _READ, **at)
        try:
            return _contents(fd, largest)
        finally:
            system.fs.close(fd)

    def publish(self, name: str, data: bytes) -> None:
        """Create a file with exactly `data`: whole or not at all, durable, replacing nothing.

        Raises FileExistsError when the name is taken, NotDurableError when the file is there but
        may not outlast a power cut, else the OSError that kept it from being written.
        """
        self.place(name, data)
        self.sync()

    def place(self, name: str, data: bytes) -> None:
        """Publish one file of many: its data is durable on return, its name only after `sync`."""
        temporary = self._temporary(data)
        try:
            self._link(temporary, name)
        finally:
            self._drop(temporary)

    def replace(self, name: str, data: bytes) -> None:
        """Put `data` in place of what `name` held: the old or the new whole, durable on return.

        Raises OSError, NotDurableError as `publish` does.
        """
        temporary = self._temporary(data)
        try:
            self._put_in_place(temporary, name)
        except BaseException:
            self._drop(temporary)
            raise
        self.sync()

    def link_into(self, other: "Folder", name: str) -> None:
        """Give a file of this folder the same name in another folder too: one file, two names.

        It need not be durable. Raises FileExistsError when the name is taken, one of NO_LINKS where there are none.
        """
        (source, source_at), (target, target_at) = self._at(name), other._at(name)
        system.fs.link(source, target, **_source_and_target(source_at, target_at), **_NOT_THROUGH_LINKS)

    def write_new(self, name: str, data: bytes) -> None:
        """Create a file that need not be whole after a crash; raises FileExistsError when the name is taken."""
        path, at = self._at(name)
        fd = system.fs.open(path, _NEW, 0o600, **at)
        try:
            try:
                write_all(fd, data)
            finally:
                system.fs.close(fd)
        except BaseException:  # a full disk, for one
            self._drop(name)
            raise

    def overwrite(self, name: str, data: bytes) -> None:
        """Write a file that need be neither whole nor durable after a crash."""
        path, at = self._at(name)
        fd = open_no_link(path, _OVERWRITE, 0o600, **at)
        try:
            set_mode(fd, 0o600)  # whatever the umask took away
            write_all(fd, data)
        finally:
            system.fs.close(fd)

    def remove(self, name: str) -> None:
        """Unlink a file, durably; raises OSError, NotDurableError when it is gone for now."""
        self.unlink(name)
        self.sync()

    def unlink(self, name: str) -> None:
        """Unlink one file of many: it is gone for good after `sync`; raises OSError."""
        path, at = self._at(name)
        system.fs.unlink(path, **at)

    def append_to(self, name: str, *, new: bool = False) -> int:
        """Open a file for appending and return its descriptor.

        `new` makes the file; raises FileExistsError when it exists already.
        """
        path, at = self._at(name)
        flags = _APPEND | os.O_CREAT | os.O_EXCL if new else _APPEND
        fd = open_no_link(path, flags, 0o600, **at)
        try:
            if new:
                set_mode(fd, 0o600)  # whatever the umask took away
                self.sync()
        except BaseException:
            system.fs.close(fd)
            raise
        return fd

    def names(self) -> Iterator[tuple[str, bool]]:
        """Yield every name in the folder, and whether it is a plain file."""
        with self._scan() as items:
            for item in items:
                yield str(item.name), item.is_file(follow_symlinks=False)

    def list_names(self) -> list[str]:
        """Return every name in the folder, without asking the disk what each one is."""
        with self._scan() as items:
            return [str(item.name) for item in items]

    def _scan(self) -> Any:
        return system.fs.scandir(self._fd if self._fd >= 0 else str(self.path))

    def sync(self) -> None:
        """Make the names in the folder durable, on systems that can sync a folder.

        A file's own fsync is not enough: without this a power cut may leave the data without its
        name. Raises NotDurableError: what was done before is done, for as long as the power is on.
        """
        if self._fd >= 0:
            try:
                _sync_folder(self._fd)
            except OSError as error:
                raise NotDurableError(error.errno, "the folder could not be synced") from error

    def _temporary(self, data: bytes) -> str:
        """Write `data` to a new file, durable and read back; return its temporary name.

        After EIO the file is thrown away and one new one tried: a second fsync on the same file may
        report success although the data is gone (PostgreSQL's fsyncgate).
        """
        for attempt in (1, 2):
            name = f"{TEMPORARY}{os.getpid()}-{os.urandom(8).hex()}"
            path, at = self._at(name)
            try:
                fd = system.fs.open(path, _NEW, 0o600, **at)
                try:
                    set_mode(fd, 0o600)  # whatever the umask took away
                    write_all(fd, data)
                    # Before the file gets its name: a power cut may then lose it, but never leave
                    # half of it.
                    sync_file(fd)
                finally:
                    system.fs.close(fd)
                # Read back after closing, for file systems that report a full disk only there, or
                # never.
                if self.read(name) != data:
                    raise OSError(errno.EIO, "what was written reads back differently")
            except OSError as error:
                self._drop(name)
                if error.errno != errno.EIO or attempt == 2:
                    raise
            except BaseException:
                self._drop(name)
                raise
            else:
                return name
        raise AssertionError("unreachable")

    def _link(self, temporary: str, name: str) -> None:
        """Give the temporary file its name; a link, unlike a rename, cannot replace what is there.

        Raises FileExistsError when the name is taken. The caller drops the temporary name
        afterwards.
        """
        (source, source_at), (target, target_at) = self._at(temporary), self._at(name)
        both_at = _source_and_target(source_at, target_at)
        try:
            system.fs.link(source, target, **both_at, **_NOT_THROUGH_LINKS)
        except FileExistsError:
            # A network file system may make the link, lose its answer, ask again and report that
            # one.
            if not self._is_same_file(temporary, name):
                raise
        except OSError:
            # Disks without hard links (FAT, for one) refuse in a dozen ways; a disk that is full or
            # broken refuses the renaming too. Look, then rename. Another process might come in
            # between; names of entries hold a hash of their content, so it could only write the same.
            if self.has(name) and not self._is_same_file(temporary, name):
                raise FileExistsError(errno.EEXIST, "is there already") from None
            system.fs.rename(source, target, **both_at)

    def _put_in_place(self, temporary: str, name: str) -> None:
        """Give the temporary file its name, replacing the file that has it, in one step."""
        (source, source_at), (target, target_at) = self._at(temporary), self._at(name)
        system.fs.replace(source, target, **_source_and_target(source_at, target_at))

    def has(self, name: str) -> bool:
        """Return whether a file, a folder or a link has this name."""
        try:
            self.status(name)
        except FileNotFoundError:
            return False
        return True

    def has_folder(self, name: str) -> bool:
        """Return whether a folder has this name, a link not followed; False where that cannot be found out."""
        with contextlib.suppress(OSError):
            return stat.S_ISDIR(self.status(name).st_mode)
        return False

    def _is_same_file(self, name: str, other: str) -> bool:
        """Return whether two names in the folder are links to one file."""
        try:
            first, second = self.status(name), self.status(other)
        except OSError:
            return False
        return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)

    def status(self, name: str) -> os.stat_result:
        """Return what the disk says of a file, a link not followed; raises OSError."""
        if self._fd >= 0:
            return system.fs.stat(name, dir_fd=self._fd, follow_symlinks=False)
        path, at = self._at(name)
        return system.fs.stat(path, **at, follow_symlinks=False)

    def statuses(self, names: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
        """Yield names and what the disk says of their files, links not followed; those out of reach are left out."""
        look, fd = system.fs.stat, self._fd  # asked of every file of a journal: twenty thousand times
        for name in names:
            try:
                status = look(name, dir_fd=fd, follow_symlinks=False) if fd >= 0 else self.status(name)
            except OSError:
                continue
            yield name, status

    def _drop(self, name: str) -> None:
        """Unlink a temporary file; if that fails, it is harmless and recovered later."""
        path, at = self._at(name)
        with contextlib.suppress(OSError):
            system.fs.unlink(path, **at)


def set_mode(fd: int, mode: int) -> None:
    """Set the mode of an open file or folder, where the disk knows modes; raises OSError."""
    try:
        system.fs.fchmod(fd, mode)
    except OSError as error:
        if error.errno not in _UNKNOWN_OF_A_FOLDER:
            raise
        limits.met.add(Limit.MODES)


def sync_file(fd: int) -> None:
    """Make an open file's data durable, where the disk can; raises OSError when it may be lost."""
    try:
        system.fs.fsync(fd)
    except OSError as error:
        if error.errno not in _UNKNOWN_REQUEST:
            raise
        limits.met.add(Limit.SYNC)


def _sync_folder(fd: int) -> None:
    """Make the names in an open folder durable, where the disk can; raises OSError."""
    try:
        system.fs.fsync(fd)
    except OSError as error:
        if error.errno not in _UNKNOWN_OF_A_FOLDER:
            raise
        limits.met.add(Limit.SYNC)


def open_no_link(path: str, flags: int, mode: int = 0o777, **at: Any) -> int:
    """Open a file, never through a link that has its name; return its descriptor.

    Raises NotAFileError for a link, and OSError.
    """
    if not _REFUSES_LINKS and _is_link(path, **at):
        raise NotAFileError(errno.ELOOP, _("a link"))
    try:
        return system.fs.open(path, flags, mode, **at)
    except OSError as error:
        # What O_NOFOLLOW reports for a link: ELOOP on Linux and macOS, EMLINK on FreeBSD.
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise NotAFileError(error.errno, _("a link")) from None
        raise


def _is_link(path: str, **at: Any) -> bool:
    try:
        return stat.S_ISLNK(system.fs.stat(path, **at, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def write_all(fd: int, data: bytes) -> None:
    """Write all of `data`, however little the system takes at a time."""
    left = memoryview(data)
    while left:
        written = system.fs.write(fd, left)
        if written == 0:
            raise OSError(errno.EIO, "nothing more can be written")
        left = left[written:]


def read_all(fd: int, size: int | None = None) -> bytes:
    """Return the bytes from an open file's position to its end, at most `size` of them."""
    parts = []
    left = size
    while left != 0:
        part = system.fs.read(fd, left or 1 << 20)  # 1 MB at a time where the size is not known
        if not part:
            break
        parts.append(part)
        if left is not None:
            left -= len(part)
    return b"".join(parts)


def _contents(fd: int, largest: int) -> bytes:
    """Return the bytes of an open file; raises NotAFileError as `Folder.read` does."""
    status = system.fs.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError(errno.EINVAL, _("not a plain file"))
    if status.st_size > largest:
        raise NotAFileError(errno.EFBIG, _("too large"))
    if getattr(status, "st_file_attributes", 0) & _IN_THE_CLOUD:  # Windows: reading would download it
        raise NotAFileError(errno.ENODATA, _("not downloaded yet"))
    data = read_all(fd, status.st_size)
    # A cloud folder's placeholder has a size but takes no room on the disk, and reads as NUL bytes.
    has_blocks = getattr(status, "st_blocks", 1) != 0
    if data and not has_blocks and not data.strip(b"\0"):
        raise NotAFileError(errno.ENODATA, _("not downloaded yet"))
    return data


def open_to_read(path: Path) -> IO[bytes]:
    """Return a plain file of the person's, opened, of whatever size; a link is followed. Raises OSError."""
    fd = system.fs.open(str(path), _READ & ~getattr(os, "O_NOFOLLOW", 0))
    try:
        if not stat.S_ISREG(system.fs.fstat(fd).st_mode):
            raise NotAFileError(errno.EINVAL, _("not a plain file"))
        return os.fdopen(fd, "rb")
    except BaseException:
        system.fs.close(fd)
        raise


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder, or a link to one; False where that cannot be found out."""
    try:
        return has_folder(path)
    except OSError:
        return False


def has_folder(path: Path) -> bool:
    """Return whether a path is a folder, or a link to one.

    Raises OSError where that cannot be found out: what cannot be looked at may well be there.
    """
    try:
        return stat.S_ISDIR(system.fs.stat(str(path)).st_mode)
    except FileNotFoundError:
        return False


def is_there(path: Path) -> bool:
    """Return whether anything has this name, a broken link too; False where that cannot be found out."""
    try:
        system.fs.stat(str(path), follow_symlinks=False)
    except OSError:
        return False
    return True


def is_same(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file or folder, which may have several names."""
    try:
        first, second = system.fs.stat(str(path)), system.fs.stat(str(other))
    except OSError:
        return False
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)


def _make(path: Path) -> None:
    """Make a folder of mode 0700 and those missing above it, each durable before the next."""
    if has_folder(path):
        return
    if path.parent != path:
        _make(path.parent)
    with contextlib.suppress(FileExistsError):
        system.fs.mkdir(str(path), 0o700)
        try:
            system.fs.chmod(str(path), 0o700)  # whatever the umask took away
        except OSError as error:
            if error.errno not in _UNKNOWN_OF_A_FOLDER:
                raise
            limits.met.add(Limit.MODES)
    if not _BY_FD:
        return
    # Synced even if another process made the folder just now: that one may not have got so far.
    try:
        fd = system.fs.open(str(path.parent), _FOLDER)
    except OSError as error:
        if error.errno not in _UNKNOWN_OF_A_FOLDER:  # a folder that may be entered, and not read
            raise
        return
    try:
        _sync_folder(fd)
    except OSError:
        # Whoever tries again must find it missing, or it would never be synced. If others have
        # written in it meanwhile, it stays.
        with contextlib.suppress(OSError):
            system.fs.rmdir(str(path))
        raise
    finally:
        system.fs.close(fd)


def _source_and_target(source_at: dict[str, Any], target_at: dict[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments of a system call on two files, from those of a call on each."""
    if not source_at:
        return {}
    return {"src_dir_fd": source_at["dir_fd"], "dst_dir_fd": target_at["dir_fd"]}


# Whether the system reaches files relative to an open folder (Linux, macOS; not Windows).
_BY_FD = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd
_REFUSES_LINKS = hasattr(os, "O_NOFOLLOW")
_NOT_THROUGH_LINKS = {"follow_symlinks": False} if getattr(os, "link", None) in os.supports_follow_symlinks else {}
