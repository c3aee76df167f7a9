"""How firm a figure is, by the words around and inside its numeral."""

from typing import Literal

Modifier = Literal["exact", "approx", "over", "under", "range"]
