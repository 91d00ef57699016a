/** Kinds of accounts. Expense belongs to a program, held and payable to a partner, clearing to the operator. */
export type AccountKind = "commission_expense" | "partner_held" | "partner_payable" | "payout_clearing";

export type RecipeName = "accrue" | "hold" | "release" | "reverse" | "claw_back" | "adjust" | "settle" | "return";

interface Recipe {
  readonly debit: AccountKind;
  readonly credit: AccountKind;
  /** May the amount be negative, so that it flows the other way? */
  readonly signed: boolean;
}

/**
 * Every movement that this ledger knows and the pair of accounts it moves between: the whole of the rules. What is owed to a partner is a
 * credit, so the balance of a held or payable account is negative while the operator owes.
 */
export const RECIPES: Readonly<Record<RecipeName, Recipe>> = {
  /** Commission that is payable at once. */
  accrue: { debit: "commission_expense", credit: "partner_payable", signed: false },
  /** Commission that is held until a day. */
  hold: { debit: "commission_expense", credit: "partner_held", signed: false },
  /** The hold ended: what was held is payable. */
  release: { debit: "partner_held", credit: "partner_payable", signed: false },
  /** Commission that fell before it was released. */
  reverse: { debit: "partner_held", credit: "commission_expense", signed: false },
  /** Commission that fell after it was released or paid; payable may go below zero. */
  claw_back: { debit: "partner_payable", credit: "commission_expense", signed: false },
  /** A person's signed correction, in the partner's favour when positive. */
  adjust: { debit: "commission_expense", credit: "partner_payable", signed: true },
  /** Paid out. */
  settle: { debit: "partner_payable", credit: "payout_clearing", signed: false },
  /** Money that came back from the provider: owed again. */
  return: { debit: "payout_clearing", credit: "partner_payable", signed: false },
};

export interface TransferInput {
  readonly recipe: RecipeName;
  /** What is booked: a line key, an adjustment, a statement. */
  readonly sourceKey: string;
  /** The same key is booked once, however often it is sent. */
  readonly idempotencyKey: string;
  readonly partnerId: string;
  /** Needed by every recipe that touches the expense of a program. */
  readonly programId: string | null;
  readonly currency: string;
  /** Above zero; `adjust` may be below. */
  readonly amountMinor: bigint;
  /** First day of the open month it is booked in. */
  readonly period: string;
  /** The day it happened. */
  readonly occurredOn: string;
  readonly memo?: Readonly<Record<string, unknown>>;
}

/** A transfer with its two accounts. Its postings are `amountMinor` on debit and the same with the other sign on credit. */
export interface PreparedTransfer extends TransferInput {
  readonly debit: string;
  readonly credit: string;
}

/**
 * Finds the accounts of a transfer by its recipe.
 * @throws when the amount's sign or the missing program contradicts the recipe: that is a defect of the caller
 */
export function prepare(transfer: TransferInput): PreparedTransfer {
  const recipe = RECIPES[transfer.recipe];
  if (transfer.amountMinor === 0n || (!recipe.signed && transfer.amountMinor < 0n))
    throw new Error(`${transfer.recipe} cannot book ${transfer.amountMinor} (${transfer.sourceKey})`);
  return { ...transfer, debit: accountOf(recipe.debit, transfer), credit: accountOf(recipe.credit, transfer) };
}

function accountOf(kind: AccountKind, transfer: TransferInput): string {
  if (kind === "payout_clearing") return accountId(kind, "operator", transfer.currency);
  if (kind !== "commission_expense") return accountId(kind, transfer.partnerId, transfer.currency);
  if (transfer.programId === null) throw new Error(`${transfer.recipe} needs a program (${transfer.sourceKey})`);
  return accountId(kind, transfer.programId, transfer.currency);
}

export function accountId(kind: AccountKind, owner: string, currency: string): string {
  return `${kind}:${owner}:${currency}`;
}

/** The parts of an account's id. */
export function accountParts(id: string): { kind: AccountKind; owner: string; currency: string } {
  const [kind = "", owner = "", currency = ""] = id.split(":");
  return { kind: kind as AccountKind, owner, currency };
}
