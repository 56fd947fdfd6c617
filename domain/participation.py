"""What members of a program took part in, and what they got back within the year's cap. Decides no cap."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Participation:
    """One member's: `came` to so many of the `held` meetings since they joined, did what the program asks for so many
    times (`uses`), and got `given` hundredths of the currency this year."""

    came: int = 0
    held: int = 0
    uses: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """All members' together: so many `uses`, by so many of them (`users`), and so many hundredths `given` this year."""

    uses: int = 0
    users: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True)
class Cap:
    """What a customer may get back in this calendar year, in whole units of the currency."""

    year: int
    units: int
    currency: str
