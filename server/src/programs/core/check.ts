import { LANDING_MACROS } from "@tributary/contract";
import { parseCurrency } from "../../kernel/money.ts";
import { isTimeZone } from "../../kernel/period.ts";
import type { Complaint } from "../../kernel/refusal.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { destinationProblem, hostPatternProblem, macrosIn } from "./destination.ts";

const MACROS_HINT = `Macros: ${LANDING_MACROS.map((name) => `{${name}}`).join(" ")}`;

/** The addresses and hosts of an offer, as they would stand after a change. */
export interface OfferPaths {
  readonly landingUrl: string;
  readonly allowedHosts: readonly string[];
  readonly fallbackUrl: string | null;
}

/** @throws Refusal `invalid_input` naming every field that is wrong */
export function checkOfferPaths(paths: OfferPaths): void {
  const complaints: Complaint[] = [];
  for (const host of paths.allowedHosts) {
    const problem = hostPatternProblem(host);
    if (problem !== null) complaints.push({ field: "allowedHosts", value: host, message: problem });
  }
  const landing = destinationProblem(paths.landingUrl, paths.allowedHosts, LANDING_MACROS);
  if (landing !== null) {
    const hint = landing.includes("macro {") ? MACROS_HINT : undefined;
    complaints.push({ field: "landingUrl", value: paths.landingUrl, message: landing, ...(hint ? { hint } : {}) });
  }
  if (paths.fallbackUrl !== null) {
    const problem = destinationProblem(paths.fallbackUrl, null);
    if (problem !== null) complaints.push({ field: "fallbackUrl", value: paths.fallbackUrl, message: problem });
  }
  refuse(complaints);
}

/** @param field that is to be blamed @throws Refusal `invalid_input` when a page of a landing set leads elsewhere */
export function checkLandingUrl(field: string, url: string, allowedHosts: readonly string[]): void {
  const problem = destinationProblem(url, allowedHosts, LANDING_MACROS);
  if (problem === null) return;
  const hint = problem.includes("macro {") ? MACROS_HINT : `Hosts of the offer: ${allowedHosts.join(", ")}`;
  refuse([{ field, value: url, message: problem, hint }]);
}

/** @throws Refusal `invalid_input` */
export function checkOfferTerms(terms: {
  readonly utm: Readonly<Record<string, string>>;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}): void {
  const complaints: Complaint[] = utmComplaints(terms.utm);
  const { startsAt, endsAt } = terms;
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    complaints.push({ field: "endsAt", value: endsAt.toISOString(), message: "does not lie behind startsAt" });
  refuse(complaints);
}

/** Macros that nobody fills in, of parameters that are added to a destination. */
export function utmComplaints(utm: Readonly<Record<string, string>>): Complaint[] {
  return Object.entries(utm).flatMap(([name, value]) => {
    const unknown = macrosIn(value).find((macro) => !(LANDING_MACROS as readonly string[]).includes(macro));
    if (unknown === undefined) return [];
    return [{ field: `utm.${name}`, value, message: `holds the unknown macro {${unknown}}`, hint: MACROS_HINT }];
  });
}

/** @throws Refusal `invalid_input` or `unknown_currency` */
export function checkProgram(program: {
  readonly timeZone: string;
  readonly currency: string;
  readonly fallbackUrl: string;
  readonly trackingDomain: string | null;
}): void {
  if (parseCurrency(program.currency) === undefined) {
    throw new Refusal("unknown_currency", `${program.currency} is not an ISO 4217 currency code.`, [
      { field: "currency", value: program.currency, message: "is not an ISO 4217 code", hint: "For example EUR." },
    ]);
  }
  const complaints: Complaint[] = [];
  if (!isTimeZone(program.timeZone)) {
    const hint = "Use an IANA zone such as Europe/Madrid or UTC.";
    complaints.push({ field: "timeZone", value: program.timeZone, message: "is not a known time zone", hint });
  }
  const problem = destinationProblem(program.fallbackUrl, null);
  if (problem !== null) complaints.push({ field: "fallbackUrl", value: program.fallbackUrl, message: problem });
  if (
    program.trackingDomain !== null &&
    (program.trackingDomain.startsWith("*") || hostPatternProblem(program.trackingDomain))
  ) {
    complaints.push({
      field: "trackingDomain",
      value: program.trackingDomain,
      message: "is not a host name like go.brand.example",
    });
  }
  refuse(complaints);
}

function refuse(complaints: readonly Complaint[]): void {
  const first = complaints[0];
  if (first === undefined) return;
  throw new Refusal("invalid_input", `${first.field} ${first.message}.`, complaints);
}
