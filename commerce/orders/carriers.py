"""Who carries parcels here, and where their tracking numbers lead."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Carrier:
    """`code` is what REST takes; `url` has {} where the number goes."""

    code: str
    name: str | Promise
    url: str


CARRIERS = (
    Carrier("cj", _("CJ Logistics"), "https://trace.cjlogistics.com/next/tracking.html?wblNo={}"),
    Carrier("epost", _("Korea Post"), "https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1={}"),
    Carrier("hanjin", _("Hanjin"), "https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?wblnum={}"),
    Carrier(
        "lotte", _("Lotte Global Logistics"), "https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo={}"
    ),
    Carrier("logen", _("Logen"), "https://www.ilogen.com/web/personal/trace/{}"),
    Carrier(
        "ems",
        _("EMS (Korea Post, abroad)"),
        "https://service.epost.go.kr/trace.RetrieveEmsRigiTraceList.comm?POST_CODE={}",
    ),
)
_by_code = {carrier.code: carrier for carrier in CARRIERS}
_NUMBER = re.compile(r"[\s-]+")


def name_of(code: str) -> str:
    """What a carrier is called; one that is not ours keeps the name it was given."""
    return str(_by_code[code].name) if code in _by_code else code


def tracking_url(code: str, number: str) -> str:
    """Where the parcel can be followed; empty for a carrier that is not ours or without a number."""
    return _by_code[code].url.format(quote(number, safe="")) if code in _by_code and number else ""


def tidied(number: str) -> str:
    """A tracking number without what people put in to read it."""
    return _NUMBER.sub("", number)
