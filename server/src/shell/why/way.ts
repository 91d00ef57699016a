import { WHY_STAGES, type WhyStage, type WhyStep } from "@tributary/contract";
import { publicNumber } from "../../kernel/ids.ts";
import { type NamedEvent, receiptId } from "../../tracking/index.ts";
import type { Look, Subject } from "./look.ts";
import { attributionStep } from "./stage-attribution.ts";
import { moneySteps } from "./stage-money.ts";
import { postbackStep } from "./stage-postback.ts";
import { type Asking, type Facts, type Known, step } from "./step.ts";
import type { WhyLanguage } from "./text-table.ts";

/** The whole way: every stage, also those that were not reached. Everything behind the stage that stopped is unknown. */
export async function wayOf(asking: Asking, subject: Subject): Promise<readonly WhyStep[]> {
  const known = await knownOf(asking.look, subject);
  const { language } = asking;
  const steps = [
    linkStep(known, language),
    clickStep(known, language),
    landingStep(known, language),
    eventStep(known, language),
    ...(await behindEvent(asking, known)),
  ];
  const stopped = steps.findIndex((one) => one.state === "stopped" && one.stage !== "postback");
  if (stopped < 0) return steps;
  return steps.map((one, at) => (at > stopped && one.state !== "ok" ? unreached(language, one.stage) : one));
}

async function behindEvent(asking: Asking, known: Known): Promise<readonly WhyStep[]> {
  const attribution = await attributionStep(asking, known);
  const reached = attribution.state === "ok";
  const rest = WHY_STAGES.slice(5).map((stage) => unreached(asking.language, stage));
  if (!reached) return [attribution, ...rest];
  return [attribution, ...(await moneySteps(asking, known)), await postbackStep(asking, known)];
}

function unreached(language: WhyLanguage, stage: WhyStage): WhyStep {
  return step(language, stage, "unknown", "not_reached");
}

async function knownOf(look: Look, subject: Subject): Promise<Known> {
  const { line } = subject;
  const event = subject.event ?? (await eventOf(look, subject));
  const customer = subject.customer ?? (event === undefined ? undefined : await look.customerOf(event));
  const sent = line?.sent === undefined || "refused" in line.sent ? undefined : line.sent;
  const clickId = event?.clickId ?? sent?.clickId ?? customer?.clickId;
  const click = subject.click ?? (await look.clickOf(clickId));
  const named = clickId != null || event?.badClickId != null || sent?.badClickId !== undefined;
  return { click, lostClick: click === undefined && named, event, line, customer };
}

/** Of a click or a customer the event that says most: one that counts, the latest. */
async function eventOf(look: Look, { click, customer, line }: Subject): Promise<NamedEvent | undefined> {
  if (line !== undefined) return undefined;
  const events =
    click !== undefined
      ? await look.eventsOfClick(click.id)
      : customer !== undefined
        ? await look.eventsOfCustomer(customer.customerId)
        : [];
  return events.find((event) => !event.replaced && !event.void) ?? events[0];
}

function linkStep({ click, customer }: Known, language: WhyLanguage): WhyStep {
  const linkId = click?.linkId ?? customer?.linkId;
  if (click?.verdict === "unknown_link") {
    const facts = click.code === undefined ? [] : [{ name: "code", value: click.code }];
    return step(language, "link", "stopped", "unknown_link", { at: new Date(click.at), facts });
  }
  if (linkId == null) return step(language, "link", "unknown", "no_link");
  return step(language, "link", "ok", "link_known", { refs: [{ kind: "link", id: linkId }] });
}

const CLICK_FACTS = [
  "country",
  "device",
  "os",
  "browser",
  "partnerClickId",
  "sub1",
  "sub2",
  "sub3",
  "source",
  "ua",
] as const;

function clickStep({ click, lostClick, event }: Known, language: WhyLanguage): WhyStep {
  if (click === undefined) {
    const facts = event?.badClickId == null ? [] : [{ name: "click_id", value: event.badClickId }];
    return step(language, "click", "unknown", lostClick && facts.length === 0 ? "click_unknown" : "no_click", {
      facts,
    });
  }
  const facts = CLICK_FACTS.flatMap((name) => {
    const value = click[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const counts = click.verdict === "click";
  const at = new Date(click.at);
  return step(language, "click", counts ? "ok" : "stopped", click.verdict, { at, facts });
}

function landingStep({ click }: Known, language: WhyLanguage): WhyStep {
  if (click === undefined) return step(language, "landing", "unknown", "landing_unknown");
  const at = new Date(click.at);
  if (click.refusedLink !== undefined && click.to !== "fallback") {
    const facts = [{ name: "refused", value: click.refusedLink }];
    return step(language, "landing", "ok", "deep_link_refused", { at, facts });
  }
  const facts = click.deepLink === undefined ? [] : [{ name: "destination", value: click.deepLink }];
  return step(language, "landing", click.to === "fallback" ? "stopped" : "ok", click.to, { at, facts });
}

/** Fates that do not stop the way: something counts, here or by another version. */
const GOES_ON = new Set(["accepted", "corrected", "duplicate", "unattributed"]);

function eventStep({ event, line, click }: Known, language: WhyLanguage): WhyStep {
  if (line !== undefined) return lineStep(line, event, language);
  if (event === undefined) {
    const waits = click !== undefined && click.verdict === "click";
    return step(language, "event", waits ? "waiting" : "unknown", "no_event");
  }
  const facts = eventFacts(event);
  const refs = [
    { kind: "event", id: publicNumber("evt", event.eventId) },
    { kind: "receipt", id: receiptId(event.lane, event.seq, event.line) },
  ];
  const at = event.occurredAt;
  if (event.replaced) return step(language, "event", "stopped", event.reason ?? "replaced", { at, facts, refs });
  if (event.void) return step(language, "event", "stopped", event.reason ?? "voided", { at, facts, refs });
  const code = event.fate === "unattributed" ? event.fate : (event.reason ?? event.fate ?? "accepted");
  return step(language, "event", "ok", code, { at, facts, refs });
}

function lineStep(line: NonNullable<Known["line"]>, event: NamedEvent | undefined, language: WhyLanguage): WhyStep {
  const { receipt, receivedAt: at } = line;
  if (receipt === undefined) return step(language, "event", "waiting", "not_processed", { at });
  const facts = [
    ...(receipt.detail === null ? [] : [{ name: "detail", value: receipt.detail }]),
    ...(event === undefined ? [] : eventFacts(event)),
  ];
  const refs = event === undefined ? [] : [{ kind: "event", id: publicNumber("evt", event.eventId) }];
  // What the line brought may have been replaced or taken back since.
  if (event?.replaced === true) return step(language, "event", "stopped", "replaced", { at, facts, refs });
  const goesOn = GOES_ON.has(receipt.fate);
  const code = receipt.fate === "unattributed" ? receipt.fate : (receipt.reason ?? receipt.fate);
  return step(language, "event", goesOn ? "ok" : "stopped", code, { at, facts, refs });
}

function eventFacts(event: NamedEvent): Facts {
  return [
    { name: "type", value: event.type },
    { name: "external_id", value: event.externalId },
    ...(event.code === null ? [] : [{ name: "code", value: event.code }]),
  ];
}
