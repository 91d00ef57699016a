import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CountryCode, Instant } from "./values.ts";

const Id = z.string().max(60);
const Language = z.enum(["en", "es"]);

export const PROOF_KINDS = ["link", "postback"] as const;
export const PROOF_STATES = ["running", "passed", "failed", "ended"] as const;
export const TEST_DEVICES = ["desktop", "mac", "iphone", "android", "ipad"] as const;
/** What is proved of a tracking set-up, each by its own test. */
export const PROOF_PARTS = ["link", "inbound", "outbound"] as const;
export type ProofPart = (typeof PROOF_PARTS)[number];
export const ProofLanguage = z.object({ language: Language.default("en").describe("of the texts") });

const Chosen = z.strictObject({
  country: CountryCode.describe("where the visitor is; only this deployment's own links can be told so"),
  device: z.enum(TEST_DEVICES),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/)
    .max(35)
    .describe("what the browser asks for, e.g. es-ES"),
});

/** Follows a tracking link as a visitor's browser would. */
export const NewLinkTest = Chosen.extend({
  linkId: Id,
  url: z
    .url({ protocol: /^https?$/ })
    .max(4000)
    .optional()
    .describe(
      "where the visitor starts, when it is not the tracking link itself: an advertisement, the partner's own tracker",
    ),
  parameters: z
    .record(z.string().regex(/^[A-Za-z0-9_]{1,40}$/), z.string().max(255))
    .default({})
    .describe("sub IDs and other parameters of the link; probes stand where none is given"),
}).describe("a link test");
export type NewLinkTest = z.output<typeof NewLinkTest>;

const Cookie = z.object({
  name: z.string(),
  domain: z.string(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.string().nullable(),
  expires: z.string().nullable(),
  kept: z.boolean().describe("false: a browser would refuse it"),
});

export const TestHop = z.object({
  url: z.string(),
  via: z.enum(["start", "redirect", "meta_refresh", "script"]).describe("how the visitor came here"),
  own: z.boolean().describe("a link of this deployment"),
  status: z.number().int().nullable().describe("null: no answer"),
  error: z.string().nullable(),
  milliseconds: z.number().int(),
  address: z.string().nullable().describe("IP address that answered"),
  sent: z.array(z.tuple([z.string(), z.string()])).describe("request headers"),
  headers: z.array(z.tuple([z.string(), z.string()])).describe("response headers"),
  cookies: z.array(Cookie),
  next: z.string().nullable(),
});
export type TestHop = z.infer<typeof TestHop>;

export const TestFinding = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "hint"]),
  hop: z.number().int().nullable().describe("place in the chain, from 0"),
  title: z.string(),
  where: z.string().describe("where to change something"),
  change: z.string().describe("what to change"),
  values: z.record(z.string(), z.string()),
});
export type TestFinding = z.infer<typeof TestFinding>;

/** Where a person's system sends the events of a test, and one ready call. */
export const TestCall = z.object({
  dialect: z.string(),
  title: z.string(),
  occasion: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
  curl: z.string(),
});

export const ArrivedLine = z.object({
  receiptId: z.string(),
  at: Instant,
  door: z.string(),
  type: z.string().nullable(),
  state: z.enum(["understood", "refused"]),
  reason: z.string(),
  reasonText: z.string(),
  detail: z.string().nullable(),
  understood: z.array(z.object({ name: z.string(), value: z.string(), from: z.string().nullable() })),
  missing: z.array(z.object({ name: z.string(), text: z.string() })),
  notes: z.array(z.string()),
  raw: z.string().nullable(),
  simulated: z.boolean().describe("sent by the test itself, not by a system of the operator"),
});
export type ArrivedLine = z.infer<typeof ArrivedLine>;

export const SandboxStep = z.object({
  name: z.enum(["click", "registration", "ftd", "qualification"]),
  state: z.enum(["done", "waiting", "not_asked"]),
  at: Instant.nullable(),
  text: z.string(),
  lines: z.array(z.string()).describe("the decision or the working, sentence by sentence"),
});
export const SandboxResult = z.object({
  customerRef: z.string().nullable(),
  steps: z.array(SandboxStep),
  commission: z
    .object({
      currency: z.string(),
      total: z.string(),
      pending: z.string(),
      lines: z.array(
        z.object({ component: z.string(), amount: z.string(), earnedOn: z.string(), explanation: z.array(z.string()) }),
      ),
    })
    .nullable()
    .describe("what would have been earned; nothing of it is booked"),
  problem: z.string().nullable(),
});
export type SandboxResult = z.infer<typeof SandboxResult>;

export const OutboundResult = z.object({
  postbackId: z.string(),
  name: z.string(),
  deliveryId: z.string(),
  at: Instant,
  url: z.string(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  response: z.string().nullable(),
  milliseconds: z.number().int().nullable(),
  passed: z.boolean(),
});
export type OutboundResult = z.infer<typeof OutboundResult>;

export const ProofRunSummary = z.object({
  id: Id,
  kind: z.enum(PROOF_KINDS),
  state: z.enum(PROOF_STATES),
  stale: z.boolean().describe("the configuration has changed since"),
  partnerId: Id,
  programId: Id,
  offerId: Id,
  linkId: Id.nullable(),
  errors: z.number().int(),
  warnings: z.number().int(),
  startedBy: z.string().describe("name of the person or key"),
  byPartner: z.boolean(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});
export type ProofRunSummary = z.infer<typeof ProofRunSummary>;

export const ProofRun = ProofRunSummary.extend({
  clickId: z.string().nullable(),
  options: z.record(z.string(), z.unknown()),
  /** of a link test */
  hops: z.array(TestHop),
  findings: z.array(TestFinding),
  notes: z.array(z.string()).describe("what the test could not pretend"),
  /** of a postback test */
  customerRef: z.string().nullable(),
  calls: z.array(TestCall),
  arrived: z.array(ArrivedLine),
  sandbox: SandboxResult.nullable(),
  outbound: z.array(OutboundResult),
  checks: z.array(
    z.object({
      part: z.enum(PROOF_PARTS),
      name: z.string(),
      passed: z.boolean(),
      required: z.boolean(),
      text: z.string(),
    }),
  ),
});
export type ProofRun = z.infer<typeof ProofRun>;

export const ProofQuery = PageQuery.extend({
  kind: manyOf(z.enum(PROOF_KINDS)).optional(),
  state: manyOf(z.enum(PROOF_STATES)).optional(),
  partnerId: manyOf(Id).optional(),
  programId: manyOf(Id).optional(),
  offerId: manyOf(Id).optional(),
});
export type ProofQuery = z.output<typeof ProofQuery>;
export const ProofPage = pageOf(ProofRunSummary);

export const NewPostbackTest = z.strictObject({
  linkId: Id,
  country: CountryCode.optional(),
  parameters: z.record(z.string().regex(/^[A-Za-z0-9_]{1,40}$/), z.string().max(255)).default({}),
});
export type NewPostbackTest = z.output<typeof NewPostbackTest>;

/** An event of the test's customer that the test sends itself, where no system of the operator does. */
export const SimulatedEvent = z.strictObject({
  type: z.string().min(1).max(60),
  amount: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,4})?$/)
    .optional()
    .describe("whole units of the program's currency"),
  quantities: z.record(z.string().max(40), z.string().max(40)).optional(),
});
export type SimulatedEvent = z.output<typeof SimulatedEvent>;

export const OutboundAsked = z.strictObject({ postbackId: Id });

/** What stands proved of one partner's tracking for one offer. */
export const TrackingEvidence = z.object({
  partnerId: Id,
  offerId: Id,
  programId: Id,
  tests: z.array(
    z.object({
      part: z.enum(PROOF_PARTS),
      state: z.enum(["passed", "failed", "stale", "missing", "not_needed"]),
      passed: z.boolean().describe("passed and still true of the configuration"),
      stale: z.boolean(),
      at: Instant.nullable(),
      by: z.string().nullable(),
      byPartner: z.boolean().nullable(),
      runId: Id.nullable(),
      configuration: z.string().nullable().describe("hash of the configuration that was tested"),
    }),
  ),
  proved: z.boolean().describe("every test that is needed has passed and is not stale"),
});
export type TrackingEvidence = z.infer<typeof TrackingEvidence>;
export const TrackingEvidenceList = z.object({ data: z.array(TrackingEvidence) });

/** The page of a partner and an offer that documents itself. */
export const SetUpSheet = z.object({
  title: z.string(),
  language: Language,
  madeAt: Instant,
  configuration: z.string().describe("hash of everything that is documented"),
  partner: z.object({ id: Id, name: z.string(), code: z.string() }),
  program: z.object({ id: Id, name: z.string() }),
  offer: z.object({ id: Id, name: z.string(), code: z.string(), state: z.string() }),
  sections: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      text: z.array(z.string()),
      rows: z.array(z.array(z.string())).describe("the first row is the heading"),
      calls: z.array(z.object({ title: z.string(), text: z.string() })),
    }),
  ),
  evidence: TrackingEvidence,
});
export type SetUpSheet = z.infer<typeof SetUpSheet>;
