import type { MorningKind } from "@tributary/contract";

export type Facts = Readonly<Record<string, string | number>>;

/** What a source found: one thing that is worth doing. */
export interface Draft {
  /** the source's own name for the thing; the same thing is the same key */
  readonly key: string;
  readonly kind: MorningKind;
  readonly partnerId: string | null;
  readonly programId: string | null;
  /** null: of the partner's owner; without a partner of whoever has the permission */
  readonly ownerUserId: string | null;
  readonly permission: string;
  /** who started it and may not decide it; empty: nobody */
  readonly by?: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** what the sentences are made of; `form` chooses among the sentences of a kind */
  readonly facts: Facts;
  readonly evidence: readonly { readonly code: string; readonly values: Facts; readonly to: string | null }[];
  readonly action: { readonly code: string; readonly to: string };
  /** money at stake; other currencies than the settings' are converted when it is kept */
  readonly money: { readonly minor: bigint; readonly currency: string } | null;
  readonly ftds: number;
  readonly dueAt: Date | null;
  readonly since: Date;
  /** what "done" is about: as long as this stays the same, a thing that was done stays away */
  readonly fingerprint: string;
}
