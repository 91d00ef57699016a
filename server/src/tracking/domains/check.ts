import type { DomainCheck } from "@tributary/contract";
import { addressProblem } from "../outbound/address.ts";

type Step = DomainCheck["steps"][number];

/** What a name service answered. */
export interface NameAnswer {
  /** where the name is an alias of, step by step; empty: it is none */
  readonly aliases: readonly string[];
  readonly addresses: readonly string[];
}

/** The certificate that a server showed. */
export interface ShownCertificate {
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** why a browser would not take it; undefined: it would */
  readonly refused: string | undefined;
}

/** The network, given in: the real one, or one that a test makes up. */
export interface DomainNetwork {
  readonly resolve: (host: string) => Promise<NameAnswer>;
  /** Connects to this very address and asks for the name's certificate, whatever it is worth. @throws when nobody answers */
  readonly certificate: (address: string, host: string) => Promise<ShownCertificate>;
  /** Does a Tributary answer there? Its own health page, asked over the connection that was checked. */
  readonly answers: (address: string, host: string) => Promise<boolean>;
}

const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/**
 * Does a program's own host for links lead here, and does a browser take its certificate? Addresses of inside networks are never connected to.
 * @param ours host under which the deployment answers: what the domain should be an alias of
 */
export async function checkDomain(
  domain: string,
  ours: string,
  network: DomainNetwork,
  now: Date,
): Promise<DomainCheck> {
  const steps: Step[] = [];
  const here = await network.resolve(ours).catch((): NameAnswer => ({ aliases: [], addresses: [] }));
  const found = await network.resolve(domain).catch(() => undefined);
  const done = (certificate: DomainCheck["certificate"]): DomainCheck => ({
    domain,
    checkedAt: now.toISOString(),
    works: steps.every((step) => step.state === "ok" || step.state === "warning"),
    wanted: wantedRecords(domain, ours, here.addresses),
    steps: completed(steps),
    certificate,
  });
  const name = nameStep(domain, ours, found);
  steps.push(name);
  if (found === undefined || name.state === "failed") return done(null);
  const address = addressStep(domain, ours, found, here);
  steps.push(address);
  const [first] = found.addresses;
  if (address.state === "failed" || first === undefined) return done(null);
  return await connectionSteps(steps, { domain, address: first, network, now }, done);
}

function nameStep(domain: string, ours: string, found: NameAnswer | undefined): Step {
  if (found === undefined || found.addresses.length === 0)
    return failed(
      "name",
      "no_record",
      `${domain} has no address.`,
      `Set a CNAME record for ${domain} that points to ${ours}, and wait until it has spread.`,
    );
  const alias = found.aliases.at(0);
  if (alias === undefined)
    return ok("name", "has_addresses", `${domain} has the addresses ${found.addresses.join(", ")}.`);
  return ok("name", "is_alias", `${domain} is an alias of ${found.aliases.join(", which is one of ")}.`);
}

function addressStep(domain: string, ours: string, found: NameAnswer, here: NameAnswer): Step {
  const inside = found.addresses.map(addressProblem).find((problem) => problem !== undefined);
  if (inside !== undefined)
    return failed(
      "address",
      "private_address",
      `${domain} leads into an inside network: ${inside}.`,
      "Visitors cannot reach it. Point the record to the public address.",
    );
  const same = found.addresses.some((address) => here.addresses.includes(address));
  if (same || found.aliases.includes(ours))
    return ok("address", "leads_here", `${domain} leads to the same place as ${ours}.`);
  return {
    step: "address",
    state: "warning",
    code: "leads_elsewhere",
    text: `${domain} leads to ${found.addresses.join(", ")}, ${ours} to ${here.addresses.join(", ") || "no address that this server can find"}.`,
    hint: "That is right where a proxy or a delivery network stands in front; otherwise point the record here.",
  };
}

interface Connection {
  readonly domain: string;
  readonly address: string;
  readonly network: DomainNetwork;
  readonly now: Date;
}

async function connectionSteps(
  steps: Step[],
  { domain, address, network, now }: Connection,
  done: (certificate: DomainCheck["certificate"]) => DomainCheck,
): Promise<DomainCheck> {
  let shown: ShownCertificate;
  try {
    shown = await network.certificate(address, domain);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    steps.push(
      failed(
        "connection",
        "no_connection",
        `Nobody answers at ${address}, port 443 (${why}).`,
        "Open port 443 to the web server or proxy that stands in front of Tributary.",
      ),
    );
    return done(null);
  }
  steps.push(ok("connection", "connected", `A TLS connection to ${address}, port 443, was made.`));
  const daysLeft = Math.floor((shown.validTo.getTime() - now.getTime()) / DAY_MS);
  steps.push(certificateStep(domain, shown, daysLeft));
  const certificate = {
    issuer: shown.issuer,
    names: [...shown.names],
    validTo: shown.validTo.toISOString(),
    daysLeft,
  };
  if (steps.at(-1)?.state === "failed") return done(certificate);
  const answers = await network.answers(address, domain).catch(() => false);
  steps.push(
    answers
      ? ok("answer", "answers", "Tributary answers under this name.")
      : failed(
          "answer",
          "no_answer",
          `Something else than Tributary answers under ${domain}.`,
          "Let the web server or proxy hand requests for this name on to Tributary, with the Host header as it came.",
        ),
  );
  return done(certificate);
}

function certificateStep(domain: string, shown: ShownCertificate, daysLeft: number): Step {
  if (!shown.names.some((name) => covers(name, domain)))
    return failed(
      "certificate",
      "wrong_name",
      `The certificate is for ${shown.names.slice(0, 5).join(", ") || "no name"}, not for ${domain}.`,
      `Get a certificate that names ${domain}; most proxies do so by themselves once the name leads to them.`,
    );
  if (daysLeft < 0)
    return failed("certificate", "expired", `The certificate ran out on ${day(shown.validTo)}.`, "Renew it.");
  if (shown.refused !== undefined)
    return failed(
      "certificate",
      "not_trusted",
      `Browsers do not take the certificate: ${shown.refused}.`,
      "Use one from a public authority, with its chain complete.",
    );
  if (daysLeft < SOON_DAYS)
    return {
      step: "certificate",
      state: "warning",
      code: "expires_soon",
      text: `The certificate runs out on ${day(shown.validTo)}, in ${daysLeft} days.`,
      hint: "See that it is renewed by itself.",
    };
  return ok(
    "certificate",
    "certificate_good",
    `The certificate names ${domain} and holds until ${day(shown.validTo)}.`,
  );
}

/** `*.brand.example` covers one label. */
export function covers(name: string, host: string): boolean {
  const [wanted, given] = [name.toLowerCase(), host.toLowerCase()];
  if (!wanted.startsWith("*.")) return wanted === given;
  return given.slice(given.indexOf(".")) === wanted.slice(1) && given.indexOf(".") > 0;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function ok(step: Step["step"], code: string, text: string): Step {
  return { step, state: "ok", code, text };
}

function failed(step: Step["step"], code: string, text: string, hint: string): Step {
  return { step, state: "failed", code, text, hint };
}

const ORDER = ["name", "address", "connection", "certificate", "answer"] as const;

/** What was not come to is there too, so that everybody sees what is still to be looked at. */
function completed(steps: readonly Step[]): Step[] {
  const asked = new Set(steps.map((step) => step.step));
  const left = ORDER.filter((step) => !asked.has(step));
  return [
    ...steps,
    ...left.map(
      (step): Step => ({
        step,
        state: "skipped",
        code: "not_come_to",
        text: "Not looked at: what stands before it has to work first.",
      }),
    ),
  ];
}

function wantedRecords(domain: string, ours: string, addresses: readonly string[]): DomainCheck["wanted"] {
  const direct = addresses
    .filter((address) => addressProblem(address) === undefined)
    .map((value) => ({ type: value.includes(":") ? ("AAAA" as const) : ("A" as const), name: domain, value }));
  return [{ type: "CNAME", name: domain, value: ours }, ...direct];
}
