"""Accounts: sign-in, sessions, roles."""

from __future__ import annotations

from review.records import DemoAccount, Membership, Person, SignedIn


class People:
    """Accounts; passwords argon2, session tokens stored as hashes."""

    def sign_in(self, username: str, password: str) -> SignedIn:
        """Raises RS-401 (wrong name or password), RS-402 (locked), RS-403 (demo account in production)."""
        raise NotImplementedError

    def person_of(self, token: str) -> Person | None:
        """The person of a living session; None when it has ended."""
        raise NotImplementedError

    def sign_out(self, token: str) -> None:
        """End a session."""
        raise NotImplementedError

    def demo_accounts(self) -> list[DemoAccount]:
        """Sign-in buttons; empty outside demo mode."""
        raise NotImplementedError

    def operator(self) -> Person:
        """The local command line's own account: cannot sign in over the web."""
        raise NotImplementedError

    def list_people(self, person: Person) -> list[Person]:
        """Everybody, by name."""
        raise NotImplementedError

    def roles(self, person: Person) -> list[tuple[str, str]]:
        """Role codes and labels, for forms."""
        raise NotImplementedError

    def add_person(
        self,
        person: Person,
        username: str,
        name: str,
        password: str,
        memberships: tuple[Membership, ...],
        title: str = "",
    ) -> Person:
        """Raises RS-405 (name taken), RS-406 (weak password), RS-407 (unknown role or agency)."""
        raise NotImplementedError

    def set_password(self, person: Person, person_id: int, password: str) -> None:
        """Own password, or anybody's for an administrator; ends the sessions."""
        raise NotImplementedError

    def set_memberships(
        self, person: Person, person_id: int, memberships: tuple[Membership, ...]
    ) -> Person:
        """Change roles."""
        raise NotImplementedError

    def deactivate(self, person: Person, person_id: int) -> None:
        """The account stays in every history; its sessions end."""
        raise NotImplementedError

    def activate(self, person: Person, person_id: int) -> None:
        """Undo a deactivation; also lifts a lock."""
        raise NotImplementedError
