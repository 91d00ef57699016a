import type { RevenueShareComponent } from "@tributary/contract";
import { decimal, formatDecimal } from "../../kernel/decimal.ts";
import type { Month } from "../../kernel/period.ts";
import { type Balance, readBalance, writeBalance } from "./carryover.ts";
import type { ComponentRun, State, StateValue } from "./component-run.ts";
import { readCounted, writeCounted } from "./customer-cap.ts";
import type { Fences } from "./high-roller.ts";
import { type Advances, readAdvances, writeAdvances } from "./recoupment.ts";
import type { GroupMemory } from "./share-group.ts";
import type { Terms } from "./terms.ts";

/** What a share remembers from month to month. */
export interface ShareMemory {
  readonly balances: ReadonlyMap<string, Balance>;
  readonly groups: ReadonlyMap<string, GroupMemory>;
  /** null: nothing was noted yet. */
  readonly advances: Advances | null;
}

type Stored = Readonly<Record<string, StateValue>>;

/** Reads the state of the month before. */
export function readMemory(run: Pick<ComponentRun, "state" | "stateLeftBy">): ShareMemory {
  const balances = (run.state.balances ?? {}) as Stored;
  const groups = (run.state.groups ?? {}) as Readonly<Record<string, Stored>>;
  return {
    balances: new Map(Object.entries(balances).map(([key, value]) => [key, readBalance(value)])),
    groups: new Map(Object.entries(groups).map(([key, value]) => [key, readGroup(value)])),
    advances: readAdvances(run.state.advances),
  };
}

/** Names a group's balance. One that ends with its terms belongs to their version; all others are handed from version to version. */
export function balanceKey(component: RevenueShareComponent, terms: Terms, group: string): string {
  const { carryover } = component;
  return carryover.mode !== "none" && carryover.onChange === "ends" ? `${terms.agreementVersionId} ${group}` : group;
}

/** null: there is nothing to remember. */
export function writeMemory(component: RevenueShareComponent, memory: ShareMemory): State | null {
  const balances = entriesOf(memory.balances, writeBalance);
  const groups = entriesOf(memory.groups, writeGroup);
  const state: Record<string, StateValue> = {};
  if (balances !== null) state.balances = balances;
  if (groups !== null) state.groups = groups;
  if (component.recoups !== undefined && memory.advances !== null) {
    state.advances = writeAdvances(component.recoups, memory.advances);
  }
  return Object.keys(state).length === 0 ? null : state;
}

function entriesOf<T>(map: ReadonlyMap<string, T>, write: (value: T) => StateValue): Stored | null {
  const rows = [...map]
    .map(([key, value]) => [key, write(value)] as const)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return rows.length === 0 ? null : Object.fromEntries(rows);
}

function readGroup(stored: Stored): GroupMemory {
  const amounts = (stored.fenced ?? {}) as Readonly<Record<string, string>>;
  return {
    fences: {
      amounts: Object.fromEntries(Object.entries(amounts).map(([id, amount]) => [id, decimal(amount)])),
      removed: (stored.removed ?? []) as readonly string[],
      since: (stored.since ?? {}) as Readonly<Record<string, Month>>,
    },
    counted: readCounted(stored.counted),
  };
}

function writeGroup(memory: GroupMemory): StateValue {
  const stored: Record<string, StateValue> = {};
  const fenced = writeFences(memory.fences);
  if (fenced !== null) stored.fenced = fenced;
  if (Object.keys(memory.fences.since).length > 0) stored.since = memory.fences.since;
  if (memory.fences.removed.length > 0) stored.removed = memory.fences.removed;
  const counted = writeCounted(memory.counted);
  if (counted !== null) stored.counted = counted;
  return Object.keys(stored).length === 0 ? null : stored;
}

function writeFences(fences: Fences): StateValue {
  const rows = Object.entries(fences.amounts).sort(([a], [b]) => (a < b ? -1 : 1));
  return rows.length === 0 ? null : Object.fromEntries(rows.map(([id, amount]) => [id, formatDecimal(amount)]));
}
