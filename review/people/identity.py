"""The ministry's identity server: sign-in by OpenID Connect, authorization code with PKCE.

It only says who somebody is. Roles, and whether there is an account at all, stay with ``People``.
Nothing is asked before somebody presses the button, and no other address than those which the
server's own discovery document names.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import KeySet, OctKey
from pydantic import BaseModel, ValidationError

from review.errors import ERRORS, SignInRefused
from review.settings import Settings

JOURNEY_MINUTES = 10  # between pressing the button and coming back
_TIMEOUT = 8.0  # seconds for each question to the identity server
_KEPT = 15 * 60.0  # seconds; discovery document and keys
_LEEWAY = 60  # seconds by which the clocks of the two servers may differ

# Signatures that only the identity server can make; «none» and HS256 are not among them.
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
_SEAL = {"alg": "dir", "enc": "A256GCM"}


@dataclass(frozen=True, slots=True)
class Journey:
    """What must be remembered while somebody is at the identity server.

    ``state`` ties the return to this browser, ``nonce`` the token to this journey, ``verifier``
    is the secret half of PKCE; ``after`` is the page to open in the end.
    """

    state: str
    nonce: str
    verifier: str
    after: str

    @classmethod
    def start(cls, after: str) -> Journey:
        """Return a journey with fresh secrets."""
        return cls(
            secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), after
        )


class _Discovery(BaseModel):
    """The part of OpenID Connect Discovery 1.0 that is used here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]


class IdentityServer:
    """One registration of this workbench at one identity server."""

    def __init__(
        self, settings: Settings, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self.issuer = settings.oidc_issuer.rstrip("/")
        self.label = settings.oidc_label
        self._claim = settings.oidc_claim
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._transport = transport
        # Made from the client secret, so that every server of one workbench opens the ticket.
        digest = hmac.digest(self._secret.encode(), b"rasoat: sign-in journey", "sha256")
        self._seal = OctKey.import_key(digest)
        # With the time.monotonic() until which they are good.
        self._discovery: tuple[_Discovery, float] | None = None
        self._keys: tuple[KeySet, float] | None = None

    @classmethod
    def of(cls, settings: Settings) -> IdentityServer | None:
        """Return the configured server, None when there is none. RS-418: half or unsafely set."""
        needed = {
            "RASOAT_OIDC_ISSUER": settings.oidc_issuer,
            "RASOAT_OIDC_CLIENT_ID": settings.oidc_client_id,
            "RASOAT_OIDC_CLIENT_SECRET": settings.oidc_client_secret.get_secret_value(),
        }
        missing = [name for name, value in needed.items() if not value]
        if len(missing) == len(needed):
            return None
        if missing:
            raise ERRORS.error("RS-418", reason=f"thiếu {', '.join(missing)}")
        if not _safe(settings.oidc_issuer):
            raise ERRORS.error("RS-418", reason="RASOAT_OIDC_ISSUER phải bắt đầu bằng https://")
        return cls(settings)

    def ticket(self, journey: Journey) -> str:
        """Return the journey, encrypted, for a cookie that lives ``JOURNEY_MINUTES``."""
        claims = {**asdict(journey), "exp": int(time.time()) + JOURNEY_MINUTES * 60}
        return jwt.encode(_SEAL, claims, self._seal, registry=JWERegistry())

    def journey(self, ticket: str) -> Journey:
        """Open a ticket. Raises RS-414 for one that is missing, foreign or too old."""
        try:
            claims = jwt.decode(
                ticket, self._seal, algorithms=list(_SEAL.values()), registry=JWERegistry()
            ).claims
            jwt.JWTClaimsRegistry(exp={"essential": True}).validate(claims)
        except (JoseError, ValueError) as error:
            raise _over() from error
        return Journey(claims["state"], claims["nonce"], claims["verifier"], claims["after"])

    async def address(self, journey: Journey, back: str) -> str:
        """Return where the browser goes to sign in; ``back`` is our address to come back to.

        Raises RS-415 (not reachable), RS-416 (unusable answer).
        """
        known = await self._discovered()
        async with self._client(back) as client:
            address, _ = client.create_authorization_url(
                known.authorization_endpoint,
                state=journey.state,
                nonce=journey.nonce,
                code_verifier=journey.verifier,
            )
        return address

    async def username(self, journey: Journey, back: str, answer: Mapping[str, str]) -> str:
        """Return the user name that the identity server vouches for, from its ``answer``.

        Raises ``SignInRefused``: RS-414 (not the answer to this journey), RS-415 (not reachable),
        RS-416 (unusable answer), RS-417 (the identity server refuses).
        """
        if not hmac.compare_digest(answer.get("state", "").encode(), journey.state.encode()):
            raise _over()
        if "code" not in answer:
            raise ERRORS.error("RS-417", SignInRefused, reason=answer.get("error", "")[:60] or "?")
        token = await self._id_token(answer["code"], journey, back)
        claims = await self._verified(token, journey.nonce)
        name = claims.get(self._claim)
        if not isinstance(name, str) or not name.strip():
            raise _unusable(f"thiếu trường {self._claim}")
        return name

    async def _id_token(self, code: str, journey: Journey, back: str) -> str:
        known = await self._discovered()
        methods = known.token_endpoint_auth_methods_supported
        way = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        try:
            async with self._client(back, way) as client:
                token = await client.fetch_token(
                    known.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=journey.verifier,
                )
        except httpx2.HTTPError as error:
            raise ERRORS.error("RS-415", SignInRefused) from error
        except AuthlibBaseError as error:
            raise _unusable(f"không đổi được mã đăng nhập ({error.error!s:.60})") from error
        except ValueError as error:
            raise _unusable("không đổi được mã đăng nhập") from error
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise _unusable("thiếu trường id_token")
        return id_token

    async def _verified(self, token: str, nonce: str) -> dict[str, object]:
        """Return the claims of an ID token whose signature and claims hold (OIDC Core 3.1.3.7)."""
        expected = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": (await self._discovered()).issuer},
            aud={"essential": True, "value": self._client_id},
            azp={"value": self._client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            try:
                claims = jwt.decode(token, await self._signers(), _SIGNATURES).claims
            except InvalidKeyIdError:  # the identity server has changed its keys meanwhile
                self._keys = None
                claims = jwt.decode(token, await self._signers(), _SIGNATURES).claims
            expected.validate(claims)
        except ExpiredTokenError as error:
            raise _unusable("xác nhận đã hết hạn") from error
        except ClaimError as error:
            raise _unusable(f"trường {error.claim} không đúng") from error
        except (JoseError, ValueError) as error:
            raise _unusable("không kiểm được chữ ký") from error
        return claims

    async def _discovered(self) -> _Discovery:
        if self._discovery is None or self._discovery[1] < time.monotonic():
            content = await self._fetch(f"{self.issuer}/.well-known/openid-configuration")
            try:
                found = _Discovery.model_validate(content)
            except ValidationError as error:
                raise _unusable("tệp cấu hình không đúng chuẩn") from error
            addresses = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
            if found.issuer.rstrip("/") != self.issuer or not all(map(_safe, addresses)):
                raise _unusable("tệp cấu hình không phải của máy chủ này")
            self._discovery = found, time.monotonic() + _KEPT
        return self._discovery[0]

    async def _signers(self) -> KeySet:
        if self._keys is None or self._keys[1] < time.monotonic():
            content = await self._fetch((await self._discovered()).jwks_uri)
            listed = content.get("keys") if isinstance(content, dict) else None
            keys = [
                key
                for key in (listed if isinstance(listed, list) else [])
                if isinstance(key, dict)
                and key.get("kty") in ("RSA", "EC")
                and key.get("use", "sig") == "sig"
            ]
            try:
                found = KeySet.import_key_set({"keys": keys})
            except (JoseError, ValueError) as error:
                raise _unusable("khóa kiểm chữ ký không đúng chuẩn") from error
            self._keys = found, time.monotonic() + _KEPT
        return self._keys[0]

    async def _fetch(self, address: str) -> object:
        try:
            async with httpx2.AsyncClient(transport=self._transport, timeout=_TIMEOUT) as client:
                answer = await client.get(address)
                answer.raise_for_status()
        except httpx2.HTTPError as error:
            raise ERRORS.error("RS-415", SignInRefused) from error
        try:
            return answer.json()
        except ValueError as error:
            raise _unusable("không phải JSON") from error

    def _client(self, back: str, way: str = "client_secret_basic") -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._client_id,
            self._secret,
            token_endpoint_auth_method=way,
            scope="openid profile",
            redirect_uri=back,
            code_challenge_method="S256",
            transport=self._transport,
            timeout=_TIMEOUT,
        )


def _safe(address: str) -> bool:
    """Tell whether an address is encrypted, or does not leave this machine."""
    parts = urlsplit(address)
    at_home = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and at_home)
    )


def _over() -> Exception:
    return ERRORS.error("RS-414", SignInRefused, minutes=JOURNEY_MINUTES)


def _unusable(reason: str) -> Exception:
    return ERRORS.error("RS-416", SignInRefused, reason=reason)
