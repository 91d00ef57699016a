/**
 * A dialect is how another platform is told of events: which addresses it listens on, where its credential stands, what its
 * parameters are called, and what it answers. Dialects are pure: a call comes in as plain data, what they read goes to the one
 * parser of events under its canonical names (`core/event-fields.ts`), and their answer is plain data again.
 */
import type { SourceDialect } from "@tributary/contract";
import type { StoredRefusal } from "../../contracts.ts";
import type { EventProblem } from "../../core/event-fields.ts";

/** `event_source.dialect` holds one of them; the first is the house's own way, which is no dialect. */
export type DialectName = SourceDialect;

export type Pair = readonly [name: string, value: string];

/** An address that a platform listens on. */
export interface PathRule {
  /**
   * The platform's own path, without a slash at its end: `/aff_lsr`, `/`, with segments that vary: `/Advertisers/:account/Conversions`, or
   * with a short word that begins with capitals: `/SL:offer`.
   */
  readonly path: string;
  readonly methods: readonly ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[];
  /** Parameters of the query that have to be there for the address to be meant (a path such as `/` belongs to others too). */
  readonly needs?: readonly string[];
  /** Parameters of the query that must not be there: with them something else is told at the same path. */
  readonly lacks?: readonly string[];
  /** What is told there, in a few English words, for the compatibility page: `conversion`, `change of status`. */
  readonly what: string;
  /** Called by visitors' browsers: a page of another origin may read the answer, and the program's cookie may say which click it was. */
  readonly browser?: true;
  /** The call says that a visitor came, or was shown something: it becomes a click or an impression, see {@link Dialect.visit}. */
  readonly records?: "click" | "impression";
  /** Nobody has to prove who calls: whoever follows a link does not either. */
  readonly open?: true;
  /** The call asks what became of an earlier one, see {@link Dialect.ask}. */
  readonly asks?: true;
}

export type DialectBody =
  | { readonly kind: "none" }
  | { readonly kind: "form"; readonly pairs: readonly Pair[] }
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "text"; readonly text: string };

/** A call as it came in. Names keep their case; what is sent twice stands there twice. */
export interface DialectCall {
  readonly method: string;
  /** The platform's own path, without a slash at its end (also when the call came to `/in/<token>/<path>`); `/` at least. */
  readonly path: string;
  /** The rule that the path followed; undefined at `/in/<token>` with a path that the dialect does not know. */
  readonly rule: PathRule | undefined;
  /** What stood in the varying segments of the rule, decoded. */
  readonly segments: Readonly<Record<string, string>>;
  readonly query: readonly Pair[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without parameters, in lower case; empty when none was sent. */
  readonly contentType: string;
  readonly body: DialectBody;
  /** The body as sent, for platforms that sign it. */
  readonly rawBody: string;
  /** The click that the program's cookie names, authentic; only where browsers call. */
  readonly cookieClick?: string;
}

/** What a call brings to prove who sends it. `hmac` is checked against the signing secret of the platform that was entered for the source. */
export type DialectCredential =
  | { readonly kind: "none"; readonly account?: string }
  | { readonly kind: "token" | "bearer" | "header" | "basic"; readonly value: string; readonly account?: string }
  | { readonly kind: "hmac"; readonly sha256Hex: string; readonly message: string; readonly account?: string };

/** What counts as what: `count` it happened · `void` it never happened, or no longer · `ignore` it is logged, and no more. */
export type StatusMeaning = "count" | "void" | "ignore";

/** What the operator set for a source. */
export interface DialectSettings {
  /** Event type (or `ignore`) by the platform's goal, event or status name; names in lower case. */
  readonly events: Readonly<Record<string, string>>;
  /** Event type of a call that names no goal; null: as the dialect says, `sale` mostly. */
  readonly baseEvent: string | null;
  /** What a status means, where it differs from the dialect's own reading; names in lower case. */
  readonly statuses: Readonly<Record<string, StatusMeaning>>;
  /** Ids of offers, campaigns or programs at the platform that are this source's; empty: any. */
  readonly offers: readonly string[];
  /** Partner's id or code here by the id of the platform; an id that is not listed is handed on as it is. */
  readonly partners: Readonly<Record<string, string>>;
  /** Parameter that carries the operator's id of the customer; null: as the dialect says. */
  readonly customerParameter: string | null;
  /** Parameter that carries the operator's id of the event; null: as the dialect says. */
  readonly orderParameter: string | null;
  /** Currency of amounts that name none; null: the program's. */
  readonly currency: string | null;
}

/**
 * One event of a call, or why it is none. `pairs` go to `readEventFields`: canonical names, `void` for what is taken back.
 * `ifKnown`: the call says only that the event counts and repeats nothing of it: a known one is kept as it is, and with `require` an
 * unknown one is not made. `amend`: the call repeats nothing but the numbers of a known event, which count from now on.
 */
export type DialectLine =
  | { readonly pairs: readonly Pair[]; readonly ifKnown?: "keep" | "require" | "amend"; readonly problems?: undefined }
  | { readonly pairs?: undefined; readonly problems: readonly EventProblem[]; readonly raw: string };

export type DialectReading =
  | { readonly lines: readonly DialectLine[]; readonly refused?: undefined }
  | { readonly lines?: undefined; readonly refused: StoredRefusal };

/** What became of a call when it was durable (or could not be made so: `log_unavailable` and the like, in `refused`). */
export interface DialectOutcome {
  /** HTTP status that our error catalogue gives to `refused` or to the first refused line; 200 when all was received. */
  readonly status: number;
  /** The call as a whole was refused: no source has the credential, it could not be read, the log was away. */
  readonly refused?: StoredRefusal;
  /** Receipt of the call; undefined when nothing could be stored. */
  readonly receipt?: string;
  readonly lines: readonly OutcomeLine[];
}

export interface OutcomeLine {
  readonly receipt: string;
  /** Under which the event is known here; undefined when it was refused. */
  readonly externalId?: string;
  readonly refused?: StoredRefusal;
}

/** A visit that the platform's script or API tells of. */
export interface DialectVisit {
  /** The click is known to the caller already (its id came with the landing page): where it is authentic, nothing is recorded. */
  readonly known?: string | undefined;
  /** Where the platform publishes the link, as it would have been imported; the first that is known wins. */
  readonly addresses: readonly string[];
  /** Code of a link of ours that may be meant. */
  readonly code?: string | undefined;
  /** The platform's id of the partner, and of the offer; the settings may name the partner. */
  readonly partner?: string | undefined;
  readonly offer?: string | undefined;
  /** A coupon code that says whose visit it is where nothing else does. */
  readonly coupon?: string | undefined;
  /** Parameters of the click. */
  readonly pairs: readonly Pair[];
  /** Where the visitor is. */
  readonly page?: string | undefined;
  readonly referrer?: string | undefined;
  /** Who the visitor is, where not the visitor calls. */
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** What became of a visit. */
export interface VisitOutcome {
  /** HTTP status that our error catalogue gives to `refused`; 200 without one. */
  readonly status: number;
  readonly refused?: StoredRefusal | undefined;
  /** Id of the click or impression, when it counts. */
  readonly clickId?: string | undefined;
  /** Where its link leads. */
  readonly landing?: string | undefined;
  /** Whose link it was. */
  readonly partner?: { readonly id: string; readonly code: string } | undefined;
  readonly at: Date;
}

/** What became of an earlier call of the same source. */
export interface AskedCall {
  readonly receipt: string;
  readonly receivedAt: Date;
  readonly method: string;
  /** Query and form as they are kept: without credentials. */
  readonly raw: string;
  readonly processed: boolean;
  /** Code of the refusal of the call or its first refused line, or of the reason why its event counts for nobody. */
  readonly problem?: string | undefined;
  readonly externalId?: string | undefined;
  readonly type?: string | undefined;
}

export interface DialectAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Where a statement of the compatibility page comes from. */
export interface DialectSource {
  readonly title: string;
  readonly address: string;
}

export interface Dialect {
  readonly name: DialectName;
  /** The platform's own name. */
  readonly title: string;
  readonly paths: readonly PathRule[];
  /** Whether the platform's calls are signed, so that its signing secret has to be entered. */
  readonly signs?: true;
  /** The platform's calls may carry no credential at all: the operator may let them in without one. */
  readonly mayLackToken?: true;
  /** Parameters of query or form that hold a credential: never kept, neither in the log nor beside an event. */
  readonly secretParameters: readonly string[];
  readonly sources: readonly DialectSource[];
  /** What is not understood, or assumed without a document: one English sentence each, for the compatibility page. */
  readonly limits: readonly string[];
  /** Where the credential of a call stands. Never throws. */
  credential(call: DialectCall): DialectCredential;
  /** What a call says. Only asked for calls of a known source. Never throws: what cannot be read is refused. */
  read(call: DialectCall, settings: DialectSettings): DialectReading;
  /** What a visit says, at addresses that record one. Never throws. */
  visit?(call: DialectCall): DialectVisit;
  /** What the platform would answer to a visit. */
  visited?(outcome: VisitOutcome, call: DialectCall): DialectAnswer;
  /** Which receipt is asked for, at addresses that ask; undefined when none is named that could be one of ours. */
  ask?(call: DialectCall): string | undefined;
  /** What the platform would answer to it; undefined: there is no such call of this source. */
  asked?(found: AskedCall | undefined, call: DialectCall): DialectAnswer;
  /** What the platform would answer. A status below 400 is only sent when the call's credential was good. */
  answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer;
}
