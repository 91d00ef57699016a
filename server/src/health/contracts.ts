import type { HealthDirection, HealthKind, HealthReason } from "@tributary/contract";

/** What something is watched at: a partner's all or one offer, or a source of calls. */
export interface Place {
  readonly programId: string;
  readonly partnerId: string | null;
  readonly offerId: string | null;
  readonly sourceId: string | null;
}

/** What is unusual, in hours since 1970. */
export interface Trouble extends Place {
  readonly kind: HealthKind;
  /** of conversions and their times; else empty */
  readonly eventType: string;
  readonly direction: HealthDirection;
  readonly since: number;
  readonly expected: number;
  readonly seen: number;
  /** events of an average hour before it; of errors: their usual share */
  readonly level: number;
  readonly chance: number;
}

export interface LivingTrouble extends Trouble {
  readonly alertId: string;
  readonly openedAt: number;
}

export type ClosedWhy = "recovered" | "new_normal" | "explained";

/** What a look at a partner comes to. */
export type Change =
  | { readonly to: "open"; readonly trouble: Trouble }
  | { readonly to: "update"; readonly alertId: string; readonly expected: number; readonly seen: number }
  | { readonly to: "close"; readonly alertId: string; readonly why: ClosedWhy };

export type { HealthReason };
