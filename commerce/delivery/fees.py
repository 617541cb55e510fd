"""What a delivery costs: the fee, free from some amount on, and surcharges for islands and abroad."""

from bisect import bisect_right
from dataclasses import dataclass

from commerce.delivery.errors import NotDeliveredThere
from commerce.delivery.reading import Offered

HOME = "KR"
# First and last postcode of the islands to which carriers charge more (their published list: islands without a bridge).
ISLANDS = (
    (22386, 22388),  # Jung-gu of Incheon
    (23004, 23010),  # Ganghwa
    (23100, 23116),  # Ongjin
    (23124, 23136),
    (31708, 31708),  # Dangjin
    (32133, 32133),  # Taean
    (33411, 33411),  # Boryeong
    (40200, 40240),  # Ulleung
    (46768, 46771),  # Gangseo-gu of Busan
    (52570, 52571),  # Sacheon
    (53031, 53033),  # Tongyeong
    (53089, 53104),
    (54000, 54000),  # Gunsan
    (56347, 56349),  # Buan
    (57068, 57069),  # Yeonggwang
    (58760, 58762),  # Mokpo
    (58800, 58810),  # Sinan
    (58816, 58818),
    (58826, 58826),
    (58832, 58832),
    (58839, 58841),
    (58843, 58866),
    (58953, 58958),  # Jindo
    (59102, 59103),  # Wando
    (59106, 59106),
    (59127, 59127),
    (59129, 59129),
    (59137, 59166),
    (59421, 59421),  # Boseong
    (59531, 59531),  # Goheung
    (59551, 59551),
    (59563, 59563),
    (59568, 59568),
    (59650, 59650),  # Yeosu
    (59766, 59766),
    (59781, 59790),
    (63000, 63644),  # Jeju
)
_FIRST = [first for first, _last in ISLANDS]


@dataclass(frozen=True)
class Destination:
    """Where it goes, as far as the fee depends on it: ISO 3166 alpha-2, and the postcode."""

    country: str
    postcode: str

    @property
    def is_home(self) -> bool:
        return self.country == HOME

    @property
    def is_remote(self) -> bool:
        """Whether it is a Korean island for which carriers charge more."""
        if not (self.is_home and len(self.postcode) == 5 and self.postcode.isascii() and self.postcode.isdigit()):
            return False
        number = int(self.postcode)
        place = bisect_right(_FIRST, number) - 1
        return place >= 0 and number <= ISLANDS[place][1]


@dataclass(frozen=True)
class Fee:
    """`amount` = what is left of `base` + `surcharge`. `missing`: how much more must be bought until the base is free;
    0 where it is, None where no amount makes it so."""

    amount: int
    base: int
    surcharge: int
    missing: int | None


def fee_of(offered: Offered, goods: int, destination: Destination | None) -> Fee:
    """What it costs to deliver goods of this amount; without a destination, to the Korean mainland.

    Raises NotDeliveredThere.
    """
    surcharge = _surcharge(offered, destination)
    missing = max(offered.free_from - goods, 0) if offered.fee and offered.free_from is not None else None
    free = missing == 0
    return Fee((0 if free else offered.fee) + surcharge, offered.fee, surcharge, missing)


def _surcharge(offered: Offered, destination: Destination | None) -> int:
    if destination is None or offered.picked_up:
        return 0
    if destination.is_home:
        return offered.remote_fee if destination.is_remote else 0
    if offered.abroad_fee is None:
        raise NotDeliveredThere(offered.vendor_id, offered.id)
    return offered.abroad_fee
