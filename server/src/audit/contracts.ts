/** What is written down about one change. */
export interface AuditNote {
  /** `<room>.<verb in the past>`, e.g. `partners.status_changed`. */
  readonly action: string;
  /** Kind of record, e.g. `partner`. */
  readonly subjectKind: string;
  readonly subjectId: string;
  /** The changed fields as they were and as they are; JSON-able, bigints and dates become text. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Of fields of `before` and `after` that not every reader of the trail may see: the permission that opens them. They are sealed. */
  readonly guards?: Readonly<Record<string, string>> | undefined;
  readonly reason?: string | undefined;
  /** The partner concerned, for the trail of one partner. */
  readonly partnerId?: string | null | undefined;
}

/** Who acted, as the trail keeps it. An `Actor` of the access room is one. */
export interface AuditActor {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** The person behind a key; of a person the own id. */
  readonly userId?: string | undefined;
  /** Set while a deputy acts in somebody's place. */
  readonly acting?: { readonly principal?: { readonly id: string } };
}

export interface AuditEntry {
  readonly seq: bigint;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  /** In whose place the actor acted; absent for the own. */
  readonly actingFor?: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly partnerId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

/** Outcome of checking the chain: how far it is whole, and where it breaks. */
export type ChainCheck =
  | { readonly whole: true; readonly entries: bigint; readonly head: string }
  | { readonly whole: false; readonly entries: bigint; readonly brokenAt: bigint; readonly problem: string };

/** Something that somebody did and that changed nothing: a look at what is protected, a file taken away, a call that was refused. */
export interface NotedActivity {
  readonly at: Date;
  readonly kind: "view" | "reveal" | "download" | "refused" | "failed" | "search";
  readonly actorKind: string;
  readonly actorId: string;
  readonly personId: string;
  readonly partnerId: string | null;
  readonly method: string;
  /** The address as the route declares it, without what was asked for. */
  readonly path: string;
  readonly status: number;
  readonly code: string | null;
  readonly subjectId: string | null;
  readonly detail: string | null;
  readonly address: string | null;
}
