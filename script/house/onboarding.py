"""Users of the house, made and signed in without a browser."""

from typing import Final

from .client import Client
from .errors import RefusedError

OWNER_NAME: Final = "Arman"
OWNER: Final = "arman"
PASSWORD: Final = "athena-demo"  # noqa: S105 (of a home on loopback that has nothing to hide)
SERVICE_NAME: Final = "Athena voice servers"
SERVICE: Final = "athena-voice"


async def onboard(client: Client) -> str:
    """Make the owner of a new home, finish the onboarding and return a long-lived token of the owner's."""
    user = {
        "client_id": _client_id(client),
        "name": OWNER_NAME,
        "username": OWNER,
        "password": PASSWORD,
        "language": "en",
    }
    code = (await client.post("/api/onboarding/users", user))["auth_code"]
    owner = client.signed_in(await _access_token(client, code))
    await owner.post(
        "/api/onboarding/integration",
        {"client_id": _client_id(client), "redirect_uri": f"{client.url}/?auth_callback=1"},
    )
    # What the onboarding page tells the frontend, or it would explain to an old home what is new.
    onboarded = {"onboarded_version": (await owner.get("/api/config"))["version"]}
    async with owner.websocket() as socket:
        await socket.command("frontend/set_system_data", key="core", value=onboarded)
    return await _long_lived_token(owner, "script/demo")


async def add_service_user(owner: Client) -> str:
    """Make a user who is no administrator, for the voice servers, and return a long-lived token of that user's."""
    async with owner.websocket() as socket:
        created = await socket.command(
            "config/auth/create", name=SERVICE_NAME, group_ids=["system-users"], local_only=True
        )
        await socket.command(
            "config/auth_provider/homeassistant/create",
            user_id=created["user"]["id"],
            username=SERVICE,
            password=PASSWORD,
        )
    return await _long_lived_token(owner.signed_in(await sign_in(owner, SERVICE, PASSWORD)), "athena-voice stt")


async def sign_in(client: Client, username: str, password: str) -> str:
    """Sign in as the login page does, and return an access token."""
    flow = await client.post(
        "/auth/login_flow",
        {"client_id": _client_id(client), "handler": ["homeassistant", None], "redirect_uri": f"{client.url}/"},
    )
    answer = await client.post(
        f"/auth/login_flow/{flow['flow_id']}",
        {"client_id": _client_id(client), "username": username, "password": password},
    )
    if answer["type"] != "create_entry":
        raise RefusedError(f"Home Assistant does not let {username} in: {answer.get('errors')}")
    return await _access_token(client, answer["result"])


async def _access_token(client: Client, code: str) -> str:
    form = {"client_id": _client_id(client), "grant_type": "authorization_code", "code": code}
    return str((await client.post_form("/auth/token", form))["access_token"])


async def _long_lived_token(client: Client, name: str) -> str:
    async with client.websocket() as socket:
        return str(await socket.command("auth/long_lived_access_token", client_name=name, lifespan=365))


def _client_id(client: Client) -> str:
    return f"{client.url}/"
