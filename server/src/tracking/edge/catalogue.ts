import type { Db } from "../../database/index.ts";
import { allPartners, stoppedPartners } from "../../partners/index.ts";
import { allAccesses, allLandings, allOffers, allPrograms, type ProgramFacts } from "../../programs/index.ts";
import type { CustomEventType, EdgeCatalogue, EdgeProgram } from "../contracts.ts";

const DEFAULT_WINDOW_DAYS = 30;

/** Programs, offers and partners as the edge needs them, from their rooms. */
export async function edgeCatalogue(db: Db): Promise<EdgeCatalogue> {
  const [programs, offers, partners, landings, accesses, stopped] = await Promise.all([
    allPrograms(db),
    allOffers(db),
    allPartners(db),
    allLandings(db),
    allAccesses(db),
    stoppedPartners(db),
  ]);
  // Links of a partner that was stopped answer as those of a paused one do.
  const standing = partners.map((one) => (stopped.has(one.partnerId) ? { ...one, status: "paused" as const } : one));
  return { programs: programs.map(edgeProgram), offers, partners: withOtherNames(standing), landings, accesses };
}

type Standing = EdgeCatalogue["partners"][number] & { readonly mergedInto: string | null };

/** A record that became another name of a partner: its code leads to that one, and links that stayed with it stand and fall with it. */
function withOtherNames(partners: readonly Standing[]): EdgeCatalogue["partners"] {
  const merged = partners.filter((one) => one.mergedInto !== null);
  if (merged.length === 0) return partners;
  const byId = new Map(partners.map((one) => [one.partnerId, one]));
  const names = merged.flatMap((one) => {
    const stays = lastOf(byId, one);
    // The later entry of an id or a code counts: the partner's own one, which comes behind these.
    return [
      { ...one, code: stays.code, status: stays.status },
      { ...stays, code: one.code },
    ];
  });
  return [...names, ...partners.filter((one) => one.mergedInto === null)];
}

function lastOf(byId: ReadonlyMap<string, Standing>, first: Standing): Standing {
  let one = first;
  for (let steps = 0; one.mergedInto !== null && steps < 100; steps += 1)
    one = byId.get(one.mergedInto) ?? { ...one, mergedInto: null };
  return one;
}

/** A program's rules and event types are kept as the operator wrote them: what cannot be read falls back. */
export function edgeProgram(program: ProgramFacts): EdgeProgram {
  const days = program.attribution.windowDays;
  return {
    ...program,
    clickWindowDays: typeof days === "number" && days > 0 && days <= 3650 ? days : DEFAULT_WINDOW_DAYS,
    customEvents: program.customEvents.flatMap(customEvent),
  };
}

const AMOUNTS: readonly unknown[] = ["none", "optional", "required"];

function customEvent(given: unknown): CustomEventType[] {
  if (typeof given === "string") return [{ type: given.toLowerCase(), amount: "optional" }];
  if (typeof given !== "object" || given === null) return [];
  const { type, amount, negative } = given as Readonly<Record<string, unknown>>;
  if (typeof type !== "string" || !/^[a-z0-9_.-]{1,64}$/i.test(type)) return [];
  return [
    {
      type: type.toLowerCase(),
      amount: AMOUNTS.includes(amount) ? (amount as CustomEventType["amount"]) : "optional",
      negative: negative === true,
    },
  ];
}
