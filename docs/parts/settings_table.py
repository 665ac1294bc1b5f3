"""The table of settings in docs/configuration.md, from their declarations."""

from tui.settings import Setting
from tui.settings.declared import names, setting

FILE, MARK = "docs/configuration.md", "settings"


def text() -> str:
    """A row for each."""
    rows = [row(setting(name)) for name in names()]
    return (
        "\n".join(
            ["| Setting | Values, the default first | What it does | Elsewhere |", "| --- | --- | --- | --- |", *rows]
        )
        + "\n"
    )


def row(declared: Setting) -> str:
    """Name, words as TOML holds them, help, and what goes before the file."""
    words = ", ".join(f"`{plain(declared.plain(word))}`" for word in declared.words)
    before = " ".join(f"`{each}`" for each in (declared.flag, declared.variable) if each)
    return f"| `{declared.name}` | {words} | {declared.help} | {before} |"


def plain(value: str | bool) -> str:
    """As TOML writes it."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
