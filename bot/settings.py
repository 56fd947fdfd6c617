"""The environment, read once, validated and frozen. What a program leader decides is not here but in the database."""

import re
from typing import Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.sealing import SHORTEST_SECRET

Kind = TypeVar("Kind", bound="Environment")

DEFAULT_DATABASE = "sqlite:///data/everboard.db"
SLACK = "https://slack.com/api/"
HIGHEST_PORT = 65_535
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
"""Where a secret may travel in the clear: it does not leave the machine."""


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line a setting, each naming its variable."""


class Environment(BaseSettings):
    """What every command may need."""

    model_config = SettingsConfigDict(env_file=None, frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: str = Field(DEFAULT_DATABASE, validation_alias="DATABASE_URL")
    dispatcher_url: str | None = Field(None, validation_alias="DATABASE_DISPATCHER_URL")
    owner_url: str | None = Field(None, validation_alias="DATABASE_OWNER_URL")
    secret_key: SecretStr = Field(validation_alias="EVERBOARD_SECRET_KEY")
    log_level: str = Field("INFO", validation_alias="LOG_LEVEL")
    salesforce_url: str | None = Field(None, validation_alias="SALESFORCE_URL")
    salesforce_client_id: str | None = Field(None, validation_alias="SALESFORCE_CLIENT_ID")
    salesforce_client_secret: SecretStr | None = Field(None, validation_alias="SALESFORCE_CLIENT_SECRET")

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, url: str) -> str:
        if _backend(url) not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError("use sqlite:///path/to/file.db or postgresql://user:password@host/name")
        return _with_our_driver(url)

    @field_validator("dispatcher_url", "owner_url", mode="before")
    @classmethod
    def _another_login(cls, url: str | None) -> str | None:
        if not url:
            return None
        if _backend(url) not in {"postgresql", "postgres"}:
            raise ValueError("another login to the same PostgreSQL: postgresql://user:password@host/name")
        return _with_our_driver(url)

    @field_validator("salesforce_url", mode="before")
    @classmethod
    def _the_companys_own(cls, url: str | None) -> str | None:
        if not url:
            return None
        found = urlsplit(url)
        if found.hostname is None or not (found.scheme == "https" or found.hostname in LOOPBACK):
            raise ValueError("your company's own address in Salesforce, such as https://acme.my.salesforce.com")
        return f"{found.scheme}://{found.netloc}"

    @field_validator("salesforce_client_id", "salesforce_client_secret", mode="before")
    @classmethod
    def _nothing_is_none(cls, value: str | None) -> str | None:
        return value or None

    @model_validator(mode="after")
    def _a_whole_way_to_salesforce(self) -> Self:
        given = {
            "SALESFORCE_URL": self.salesforce_url,
            "SALESFORCE_CLIENT_ID": self.salesforce_client_id,
            "SALESFORCE_CLIENT_SECRET": self.salesforce_client_secret,
        }
        missing = [name for name, value in given.items() if value is None]
        if missing and len(missing) < len(given):
            raise ValueError(f"{missing[0]}: is not set; to read Salesforce all three of {', '.join(given)} are needed")
        return self

    @model_validator(mode="after")
    def _logins_of_one_database(self) -> Self:
        """The owner's is wanted by `migrate` alone: who serves need not have it."""
        if not (self.dispatcher_url or self.owner_url):
            return self
        if self.dispatcher_url is None:
            raise ValueError("DATABASE_DISPATCHER_URL: is not set, and DATABASE_OWNER_URL is; three logins go together")
        used = {make_url(self.database_url).username: "DATABASE_URL"}
        for name, url in (("DATABASE_DISPATCHER_URL", self.dispatcher_url), ("DATABASE_OWNER_URL", self.owner_url)):
            if url is None:
                continue
            if (
                _backend(self.database_url) == "sqlite"
                or make_url(url).database != make_url(self.database_url).database
            ):
                raise ValueError(f"{name}: names another database than DATABASE_URL")
            same = used.setdefault(make_url(url).username, name)
            if same != name:
                raise ValueError(
                    f"{name}: is the same login as {same}'s; three logins keep rows apart, or one does all"
                )
        return self

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"needs at least {SHORTEST_SECRET} characters, for instance from: openssl rand -hex 32")
        return key

    @field_validator("log_level")
    @classmethod
    def _a_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("use DEBUG, INFO, WARNING or ERROR")
        return level.upper()


class Rekeying(Environment):
    """What `rekey` needs beside the new key: the one under which the database was filled."""

    old_secret_key: SecretStr = Field(validation_alias="EVERBOARD_OLD_SECRET_KEY")

    @field_validator("old_secret_key")
    @classmethod
    def _an_old_key(cls, key: SecretStr) -> SecretStr:
        return cls._long_enough(key)

    @model_validator(mode="after")
    def _another_key(self) -> Self:
        if self.old_secret_key == self.secret_key:
            raise ValueError("EVERBOARD_OLD_SECRET_KEY: is the same as EVERBOARD_SECRET_KEY, which is the new one")
        return self


class Service(Environment):
    """What `serve` needs: a bot token, and either an app token (Socket Mode) or a signing secret (HTTP).

    To serve any workspace that installs the app it takes the app's client id and secret in the place of the token.
    """

    bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    api_url: str = Field(SLACK, validation_alias="SLACK_API_URL")
    port: int = Field(3000, validation_alias="PORT")
    metrics_port: int | None = Field(None, validation_alias="METRICS_PORT")
    public_url: str | None = Field(None, validation_alias="PUBLIC_URL")

    @field_validator("bot_token")
    @classmethod
    def _a_bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not token.get_secret_value().startswith("xoxb-"):
            raise ValueError("a bot token begins with xoxb-")
        return token

    @field_validator("public_url", mode="before")
    @classmethod
    def _an_address_of_ours(cls, url: str | None) -> str | None:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("the address under which people reach the bot's web pages, with https://")
        return url.rstrip("/") if url else None

    @field_validator("bot_token", "client_id", "client_secret", "app_token", "signing_secret", mode="before")
    @classmethod
    def _empty_is_none(cls, value: str | None) -> str | None:
        return value or None

    @field_validator("app_token")
    @classmethod
    def _an_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not token.get_secret_value().startswith("xapp-"):
            raise ValueError("an app token begins with xapp-")
        return token

    @field_validator("api_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise ValueError("an address that begins with https://")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("metrics_port", mode="before")
    @classmethod
    def _a_port_or_none(cls, port: str | int | None) -> int | None:
        return None if port is None or port == "" else cls._number_of_port(port)

    @field_validator("port", mode="before")
    @classmethod
    def _a_port(cls, port: str | int) -> int:
        return cls._number_of_port(port)

    @staticmethod
    def _number_of_port(port: str | int) -> int:
        words = str(port).strip()
        if not (words.isascii() and words.isdigit() and int(words) <= HIGHEST_PORT):
            raise ValueError(f"a number from 0 to {HIGHEST_PORT}")
        return int(words)

    @property
    def hosts_many(self) -> bool:
        """Whether any workspace may install the app here."""
        return self.client_id is not None

    @model_validator(mode="after")
    def _whom_it_serves(self) -> Self:
        if self.client_id is None and self.client_secret is None:
            if self.bot_token is None:
                raise ValueError(
                    "SLACK_BOT_TOKEN: is not set. To host many workspaces set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"
                )
            return self
        if self.client_id is None:
            raise ValueError("SLACK_CLIENT_ID: is not set, and SLACK_CLIENT_SECRET is")
        if self.client_secret is None:
            raise ValueError("SLACK_CLIENT_SECRET: is not set, and SLACK_CLIENT_ID is")
        if self.bot_token is not None:
            raise ValueError("SLACK_BOT_TOKEN: leave it out; with SLACK_CLIENT_ID each workspace has its own")
        if self.app_token is not None:
            raise ValueError("SLACK_APP_TOKEN: leave it out; an app for many workspaces is reached over HTTP only")
        if self.public_url is None:
            raise ValueError("PUBLIC_URL: is not set; with SLACK_CLIENT_ID it is where workspaces install the app")
        return self

    @model_validator(mode="after")
    def _a_way_in(self) -> Self:
        if self.app_token is None and self.signing_secret is None:
            raise ValueError(
                "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: set the first for Socket Mode, the second for HTTP"
            )
        return self


def _backend(url: str) -> str:
    """The kind of database; empty for what is no address."""
    try:
        return make_url(url).get_backend_name()
    except ArgumentError:
        return ""


def _with_our_driver(url: str) -> str:
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def read(kind: type[Kind]) -> Kind:
    """The environment as this command needs it. Raises SettingsError naming each variable that is wrong."""
    try:
        return kind()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        raise SettingsError("\n".join(_line(problem["loc"], problem["msg"]) for problem in error.errors())) from None


def _line(where: tuple[int | str, ...], message: str) -> str:
    words = message.removeprefix("Value error, ")
    if message == "Field required":
        words = "is not set"
    return f"{where[0]}: {words}" if where else words
