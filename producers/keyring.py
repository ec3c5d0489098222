"""Keys by municipality for one run. Only foreign and invented municipalities get a missing key made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from producers import pseudonym
from schemas.errors import Misconfigured


@dataclass
class Keyring:
    """Reads each key once. `notices` gets what the person should know, in Swedish and English.

    A dry run makes no key: its pseudonyms come from one that is forgotten.
    """

    folder: Path
    domain: str
    dry_run: bool
    notices: list[tuple[str, str]]
    found: dict[str, pseudonym.Pseudonymiser] = field(default_factory=dict)

    def __call__(self, code: str) -> pseudonym.Pseudonymiser:
        """The key of a municipality. Misconfigured when a real one has none."""
        if code not in self.found:
            self.found[code] = self._key(code)
        return self.found[code]

    def _key(self, code: str) -> pseudonym.Pseudonymiser:
        path = pseudonym.path_of(self.folder, code, self.domain)
        if not path.exists():
            if self.dry_run:
                sv = f"Nyckel för {code} saknas; provkörningens pseudonymer gäller bara här."
                self.notices.append(
                    (sv, f"No key for {code} yet; pseudonyms of this dry run hold here only.")
                )
                return pseudonym.throwaway()
            if code.startswith("99"):
                self._make(path, code)
        return pseudonym.load(self.folder, code, self.domain)

    def _make(self, path: Path, code: str) -> None:
        with suppress(Misconfigured):  # another run was quicker
            pseudonym.create(self.folder, code, self.domain)
            self.notices.append(
                (f"Nyckeln {path} är skapad; spara en kopia.", f"Made the key {path}; keep a copy.")
            )
