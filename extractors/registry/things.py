"""The frozen rows of the registry: things that the news names, each with the words that name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company, agency, fund or institution that can be a party."""

    company_id: str
    name: str  # as headlines write it
    kind: str  # one of COMPANY_KINDS
    country: str  # ISO 3166-1 alpha-2 of its seat, "" where unknown
    parent_id: str = ""  # company_id of who controls it
    tickers: tuple[str, ...] = ()  # "NASDAQ:NVDA"
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()  # spellings that are also plain words: they count only beside evidence
    source: str = ""
    as_of: str = ""  # month of the last look, "2026-08"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases, *self.former_names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """Who controlled a company from one day on, until another."""

    ownership_id: str  # "vmware:broadcom"
    company_id: str
    parent_id: str
    since: str  # the day of the closing, 2023-11-22
    until: str = ""  # the day on which that ended, "" while it lasts
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A model, chip, service or other thing that a company sells: never a party itself."""

    product_id: str
    name: str
    kind: str  # one of PRODUCT_KINDS
    company_id: str
    aliases: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A campus, site, plant or cluster with a name of its own."""

    facility_id: str
    name: str
    aliases: tuple[str, ...] = ()
    company_id: str = ""  # who operates it, "" where that is no registered company
    place: str = ""  # "Abilene, Texas"
    country: str = ""
    needs_context: tuple[str, ...] = ()
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a facility lies."""

    facility_id: str
    latitude: float  # degrees north
    longitude: float  # degrees east
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerator:
    """A chip or module that AI work runs on."""

    accelerator_id: str
    name: str
    company_id: str  # its vendor
    tdp_watts: int | None = None  # of one module, as the vendor rates it
    memory_gb: int | None = None
    aliases: tuple[str, ...] = ()
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A venture, fund or special-purpose company that several sponsors act through."""

    vehicle_id: str
    name: str
    kind: str  # one of VEHICLE_KINDS
    sponsor_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes news. Publishers of one family do not corroborate each other."""

    publisher_id: str
    name: str
    kind: str  # one of PUBLISHER_KINDS
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    family: str = ""  # owner or network, "" for its own
    tier: int = 3  # 1 parties, regulators and wires, 2 established press and trade, 3 the rest
    country: str = ""  # decides what a bare "$" is
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A place: country, state, county, city, region."""

    place_id: str
    name: str
    kind: str  # one of PLACE_KINDS
    within: str = ""  # place_id of what holds it
    country: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, canonical name first."""
        return (self.name, *self.aliases)


Thing = Company | Product | Facility | Accelerator | Vehicle | Publisher | Locality

COMPANY_KINDS = (
    "lab",  # trains models
    "cloud",  # hyperscalers and general clouds
    "neocloud",  # rents accelerators
    "chipmaker",  # designs or makes processors, memory, optics, analogue parts
    "chip_equipment",  # tools and materials of chip plants, packaging and test
    "server_maker",  # servers, racks, contract electronics
    "network_equipment",  # switches, routers, cables, optical systems
    "storage",  # drives and storage systems
    "datacenter_operator",  # builds, owns or lets data centres
    "reit",  # listed owners of data centres and powered land
    "miner_host",  # bitcoin miners turned hosts
    "utility",  # regulated supply, grids
    "power_producer",  # independent producers and developers of power and storage plants
    "nuclear",  # reactors, fuel and their services, fusion
    "fuel_cell",
    "energy_equipment",  # turbines, engines, transformers, batteries, UPS, cooling
    "oil_gas",  # producers, pipelines, fuel supply, industrial gases
    "investor",  # venture, asset managers, holding companies, family offices
    "private_equity",  # buyout, infrastructure and credit funds
    "lender",  # banks, arrangers, credit providers
    "insurer",
    "pension_fund",
    "sovereign_fund",
    "contractor",  # engineers and builders
    "real_estate",  # developers and owners of land and buildings
    "telecom",
    "software",
    "internet",  # consumer services at web scale
    "enterprise",  # any other business
    "carmaker",
    "space",
    "quantum",
    "research",  # universities, supercomputing centres, laboratories
    "government",  # states, ministries, agencies, regulators, courts
    "services",  # consultants, raters, law firms, analysts, exchanges, trade groups
)
PRODUCT_KINDS = (
    "model", "assistant", "chip", "system", "service", "software", "network", "device", "vehicle", "programme",
)  # fmt: skip
VEHICLE_KINDS = ("joint_venture", "fund", "spv", "programme", "consortium")
PUBLISHER_KINDS = ("wire", "newswire", "trade", "press", "blog", "aggregator", "company", "regulator")
PLACE_KINDS = ("country", "state", "province", "county", "city", "region", "continent")
