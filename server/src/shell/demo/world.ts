import { BRAND_FIRST, BRAND_LAST, PEOPLE } from "./names.ts";
import type { Chance } from "./random.ts";

/** What stands still in the sample: regions, programs, offers, plans, people and partners. Pure data, made from a seed. */
export interface World {
  readonly regions: readonly { readonly code: string; readonly name: string; readonly countries: readonly string[] }[];
  readonly programs: readonly ProgramPlan[];
  readonly staff: readonly StaffPlan[];
  readonly partners: readonly PartnerPlan[];
}

export type Vertical = "fx" | "casino" | "saas";
export type PartnerKind = keyof typeof BRAND_LAST;

export interface ProgramPlan {
  readonly vertical: Vertical;
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly site: string;
  readonly offers: readonly {
    readonly code: string;
    readonly name: string;
    readonly path: string;
    readonly blockedCountries: readonly string[];
  }[];
}

export interface StaffPlan {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly region?: string;
}

/** What makes a partner's story: see the issue that a screen should bring to light. */
export type Story =
  | "ordinary"
  | "cheat"
  | "fading"
  | "onboarding"
  | "negative_balance"
  | "tree_top"
  | "tree_member"
  | "rising";

export interface PartnerPlan {
  readonly code: string;
  readonly name: string;
  readonly kind: PartnerKind;
  readonly vertical: Vertical;
  readonly region: string;
  readonly country: string;
  readonly contact: string;
  readonly story: Story;
  readonly parent?: string;
  /** share of the program's clicks, relative */
  readonly weight: number;
  /** how good the traffic is: multiplies the chance of a registration and of a first deposit */
  readonly quality: number;
  /** days after the start of the sample at which the partner joined */
  readonly joinedDay: number;
  readonly deal: "cpa" | "revenue_share" | "hybrid";
  /** a plan of its own, where its kind's usual one is not meant */
  readonly plan?: string;
  /** what plans may ask of it, as tags: level_value:6.50 */
  readonly tags?: readonly string[];
  /** ads shown on a day, where it is paid for them */
  readonly shows?: number;
  readonly codes: readonly string[];
  readonly portalUser?: string;
}

const REGIONS = [
  { code: "eu", name: "Europe", countries: ["DE", "ES", "IT", "PL", "FR", "PT", "GR", "CZ"] },
  { code: "latam", name: "Latin America", countries: ["BR", "MX", "CL", "CO", "PE"] },
  { code: "mena", name: "Middle East and North Africa", countries: ["AE", "SA", "EG", "MA"] },
  { code: "apac", name: "Asia Pacific", countries: ["TH", "VN", "MY", "ID", "PH", "JP"] },
] as const;

const PROGRAMS: readonly ProgramPlan[] = [
  {
    vertical: "fx",
    code: "northgate-fx",
    name: "Northgate Markets",
    timeZone: "Europe/Nicosia",
    currency: "USD",
    site: "northgate.example",
    offers: [
      { code: "standard", name: "Standard account", path: "/open", blockedCountries: ["US", "CA"] },
      { code: "raw", name: "Raw spread account", path: "/raw", blockedCountries: ["US", "CA"] },
      { code: "copy", name: "Copy trading", path: "/copy", blockedCountries: ["US", "CA", "ES"] },
    ],
  },
  {
    vertical: "casino",
    code: "lagoon-casino",
    name: "Lagoon Casino",
    timeZone: "Europe/Malta",
    currency: "EUR",
    site: "lagoon.example",
    offers: [
      { code: "welcome", name: "Welcome package", path: "/welcome", blockedCountries: ["US", "FR"] },
      { code: "live", name: "Live tables", path: "/live", blockedCountries: ["US", "FR"] },
      { code: "sports", name: "Sports, first bet", path: "/sports", blockedCountries: ["US"] },
    ],
  },
  {
    vertical: "saas",
    code: "ledgerly",
    name: "Ledgerly Invoicing",
    timeZone: "America/Sao_Paulo",
    currency: "EUR",
    site: "ledgerly.example",
    offers: [{ code: "trial", name: "Free trial", path: "/trial", blockedCountries: [] }],
  },
];

const STAFF: readonly StaffPlan[] = [
  { email: "admin@tributary.example", name: "Alex Administrator", role: "administrator" },
  { email: "kam.eu@tributary.example", name: "Karin Vogel", role: "key_account_manager", region: "eu" },
  { email: "kam.latam@tributary.example", name: "Mateo Rivas", role: "key_account_manager", region: "latam" },
  { email: "ops@tributary.example", name: "Olga Petrova", role: "partner_operations" },
  { email: "compliance@tributary.example", name: "Connor Byrne", role: "compliance" },
  { email: "finance@tributary.example", name: "Fatima Nasser", role: "finance" },
  { email: "treasury@tributary.example", name: "Tereza Nováková", role: "finance" },
  { email: "head.eu@tributary.example", name: "Henrik Dahl", role: "approver", region: "eu" },
  { email: "head.latam@tributary.example", name: "Lucía Fuentes", role: "approver", region: "latam" },
  { email: "approver@tributary.example", name: "Arthur Lang", role: "approver" },
  { email: "analyst@tributary.example", name: "Anh Nguyen", role: "analyst" },
];

export function buildWorld(chance: Chance): World {
  const maker = partnerMaker(chance.branch("partners"));
  const partners = [...featured(maker), ...tree(maker), ...ordinary(maker, chance.branch("ordinary"))];
  return { regions: REGIONS, programs: PROGRAMS, staff: STAFF, partners };
}

type Wish = Partial<PartnerPlan> & Pick<PartnerPlan, "kind" | "vertical">;
type Maker = (wish: Wish) => PartnerPlan;

function partnerMaker(chance: Chance): Maker {
  const taken = new Set<string>();
  return (wish) => {
    const region = REGIONS.find((one) => one.code === wish.region) ?? chance.pick(REGIONS);
    const name = wish.name ?? freshName(chance, wish.kind, taken);
    taken.add(name);
    const code = slug(name);
    return {
      code,
      name,
      region: region.code,
      country: wish.country ?? chance.pick(region.countries),
      contact: chance.pick(PEOPLE),
      story: "ordinary",
      weight: chance.around(1, 0.9),
      quality: Math.min(1.8, chance.around(1, 0.3)),
      joinedDay: chance.happens(0.7) ? 0 : chance.between(1, 300),
      deal: chance.weighted([
        ["cpa", 4],
        ["revenue_share", 5],
        ["hybrid", 2],
      ] as const),
      codes: wish.kind === "influencer" ? [code.replaceAll("-", "").toUpperCase().slice(0, 12)] : [],
      ...wish,
    };
  };
}

function freshName(chance: Chance, kind: PartnerKind, taken: Set<string>): string {
  for (;;) {
    const name = `${chance.pick(BRAND_FIRST)} ${chance.pick<string>(BRAND_LAST[kind])}`;
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** The partners that somebody should find: each is a story that a screen tells. */
function featured(make: Maker): PartnerPlan[] {
  return [
    make({ kind: "media_buyer", vertical: "fx", name: "Goldrush Media", region: "apac", story: "cheat", weight: 5, quality: 2.6, joinedDay: 180, deal: "cpa" }),
    make({ kind: "affiliate", vertical: "casino", name: "Evergreen Slots Guide", region: "eu", story: "fading", weight: 6, quality: 1.3, joinedDay: 0, deal: "revenue_share", portalUser: "evergreen@partner.example" }),
    make({ kind: "introducing_broker", vertical: "fx", name: "Castellan Advisory", region: "mena", story: "onboarding", weight: 0, quality: 1, joinedDay: 330, deal: "hybrid" }),
    make({ kind: "affiliate", vertical: "casino", name: "High Roller Digest", region: "eu", story: "negative_balance", weight: 1.2, quality: 1, joinedDay: 0, deal: "revenue_share", portalUser: "highroller@partner.example" }),
    make({ kind: "influencer", vertical: "casino", name: "Lucky Nina Live", region: "latam", story: "rising", weight: 3, quality: 1.1, joinedDay: 60, deal: "cpa", codes: ["NINA"], portalUser: "nina@partner.example" }),
    make({ kind: "affiliate", vertical: "fx", name: "Broker Compass", region: "eu", story: "ordinary", weight: 7, quality: 1.2, joinedDay: 0, deal: "cpa", portalUser: "compass@partner.example" }),
    make({ kind: "media_buyer", vertical: "casino", name: "Bannerline Ads", region: "eu", story: "ordinary", weight: 6, quality: 0.5, joinedDay: 329, deal: "cpa", plan: "media", shows: 70, portalUser: "bannerline@partner.example" }),
    make({ kind: "media_buyer", vertical: "casino", name: "Pixel Harbor", region: "latam", story: "ordinary", weight: 4, quality: 0.5, joinedDay: 331, deal: "cpa", plan: "media", shows: 45 }),
    make({ kind: "reseller", vertical: "saas", name: "Solano Cloud", region: "latam", story: "ordinary", weight: 4, quality: 1.3, joinedDay: 0, deal: "revenue_share", portalUser: "solano@partner.example" }),
  ]; // biome-ignore format: a table
}

/** An introducing broker with two levels of sub-partners under it. */
function tree(make: Maker): PartnerPlan[] {
  const top = make({ kind: "introducing_broker", vertical: "fx", name: "Meridian Capital Partners", region: "apac", country: "MY", story: "tree_top", weight: 4, quality: 1.2, joinedDay: 0, deal: "revenue_share", plan: "ib_master", portalUser: "meridian@partner.example" }); // biome-ignore format: a row
  const member = (parent: PartnerPlan, name: string, country: string, weight: number): PartnerPlan =>
    make({
      plan: parent === top ? "ib_levels" : "lots",
      tags: [`level_value:${parent === top ? "6.50" : "5.00"}`],
      kind: "introducing_broker",
      vertical: "fx",
      name,
      country,
      weight,
      region: "apac",
      story: "tree_member",
      parent: parent.code,
      deal: "revenue_share",
      joinedDay: 20,
    });
  const second = [
    member(top, "Meridian Bangkok", "TH", 2),
    member(top, "Meridian Hanoi", "VN", 1.5),
    member(top, "Meridian Manila", "PH", 1),
  ];
  const third = second.flatMap((parent) =>
    ["One", "Two"].map((suffix) => member(parent, `${parent.name} ${suffix}`, parent.country, 0.6)),
  );
  return [top, ...second, ...third];
}

const MIX: readonly (readonly [PartnerKind, Vertical, number])[] = [
  ["affiliate", "fx", 22],
  ["affiliate", "casino", 30],
  ["introducing_broker", "fx", 20],
  ["influencer", "casino", 12],
  ["influencer", "fx", 6],
  ["network", "casino", 6],
  ["network", "fx", 4],
  ["media_buyer", "casino", 6],
  ["media_buyer", "fx", 6],
  ["reseller", "saas", 10],
  ["agency", "saas", 6],
  ["affiliate", "saas", 3],
];

function ordinary(make: Maker, chance: Chance): PartnerPlan[] {
  return MIX.flatMap(([kind, vertical, count]) =>
    Array.from({ length: count }, () =>
      make({ kind, vertical, ...(chance.happens(0.04) ? { story: "onboarding" as const, weight: 0 } : {}) }),
    ),
  );
}
