/**
 * Kinds of accounts. Expense belongs to a program; held, payable and reserve to a partner; everything else to the operator. A type of its own in
 * the books for each question that finance asks: what is on its way, what was kept back, what was written off.
 */
export const ACCOUNT_KINDS = [
  "commission_expense",
  "partner_held",
  "partner_payable",
  "partner_reserve",
  "payout_clearing",
  "bank",
  "bank_fees",
  "payout_fees",
  "withheld_tax",
  "input_vat",
  "write_offs",
  "fx_clearing",
  "set_off_clearing",
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

const OWNED_BY_PARTNER: ReadonlySet<AccountKind> = new Set(["partner_held", "partner_payable", "partner_reserve"]);

/** The books of the operator itself: movements of the bank that no partner stands behind. */
export const OPERATOR_BOOKS = "operator";

export const RECIPE_NAMES = [
  "accrue",
  "hold",
  "release",
  "reverse",
  "claw_back",
  "adjust",
  "settle",
  "return",
  "write_off",
  "reserve",
  "release_reserve",
  "withhold_tax",
  "add_vat",
  "charge_fee",
  "convert_out",
  "convert_in",
  "set_off_out",
  "set_off_in",
  "bank_out",
  "bank_in",
  "bank_fee",
  "exchange_out",
  "exchange_in",
] as const;
export type RecipeName = (typeof RECIPE_NAMES)[number];

/**
 * Recipes by which a closed month's balance is discharged after its end, or owed again: what they moved is not paid a second time. A write-off or
 * an adjustment is not among them: they change what is owed.
 */
export const DISCHARGING: readonly RecipeName[] = [
  "settle",
  "return",
  "reserve",
  "release_reserve",
  "withhold_tax",
  "add_vat",
  "charge_fee",
  "convert_out",
  "convert_in",
  "set_off_out",
  "set_off_in",
];

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
  /** A negative balance that the operator gives up (positive), or what is no longer claimed by the partner (negative). */
  write_off: { debit: "write_offs", credit: "partner_payable", signed: true },
  /** Kept back from a payout against clawbacks. */
  reserve: { debit: "partner_payable", credit: "partner_reserve", signed: false },
  release_reserve: { debit: "partner_reserve", credit: "partner_payable", signed: false },
  /** Tax that the operator pays to the authority instead of the partner; negative by a credit note. */
  withhold_tax: { debit: "partner_payable", credit: "withheld_tax", signed: true },
  /** Value added tax on the partner's invoice, owed on top of the commission; negative by a credit note. */
  add_vat: { debit: "input_vat", credit: "partner_payable", signed: true },
  /** The part of a payout's cost that the partner bears. */
  charge_fee: { debit: "partner_payable", credit: "payout_fees", signed: false },
  /** A balance changes its currency: out of one, into the other; the rate stands in both memos. */
  convert_out: { debit: "partner_payable", credit: "fx_clearing", signed: false },
  convert_in: { debit: "fx_clearing", credit: "partner_payable", signed: false },
  /** A negative balance is met from another balance of the same payee: out of the one that is owed, into the one that owes. */
  set_off_out: { debit: "partner_payable", credit: "set_off_clearing", signed: false },
  set_off_in: { debit: "set_off_clearing", credit: "partner_payable", signed: false },
  /** The bank's statement shows that a payout left, or came back. */
  bank_out: { debit: "payout_clearing", credit: "bank", signed: false },
  bank_in: { debit: "bank", credit: "payout_clearing", signed: false },
  /** What the bank took for itself; below zero where it gave it back. */
  bank_fee: { debit: "bank_fees", credit: "bank", signed: true },
  /** The bank moved another currency than the payout's: out of the one, into the bank's own; below zero where money came back. */
  exchange_out: { debit: "payout_clearing", credit: "fx_clearing", signed: true },
  exchange_in: { debit: "fx_clearing", credit: "bank", signed: true },
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
  /** Above zero; signed recipes may be below. */
  readonly amountMinor: bigint;
  /** First day of the open month it is booked in. */
  readonly period: string;
  /** The day it happened. */
  readonly occurredOn: string;
  readonly memo?: Readonly<Record<string, unknown>>;
}

/** Where transfers of one recipe, partner, program, currency and month go: `amountMinor` on debit, and the same with the other sign on credit. */
export interface Place extends Pick<TransferInput, "recipe" | "partnerId" | "programId" | "currency" | "period"> {
  readonly debit: string;
  readonly credit: string;
}

/**
 * The place of each transfer, in their order: the same object for all that go to one. They mostly come in runs, so the one before is looked
 * at first.
 * @throws when an amount's sign or a missing program contradicts the recipe: that is a defect of the caller
 */
export function placesOf(transfers: readonly TransferInput[]): readonly Place[] {
  const places = new Map<string, Place>();
  let before: Place | undefined;
  return transfers.map((transfer) => {
    const { recipe, sourceKey, amountMinor } = transfer;
    if (amountMinor === 0n || (amountMinor < 0n && !RECIPES[recipe].signed))
      throw new Error(`${recipe} cannot book ${amountMinor} (${sourceKey})`);
    if (before === undefined || !isAt(before, transfer)) before = placeOf(places, transfer);
    return before;
  });
}

function isAt(place: Place, { recipe, partnerId, programId, currency, period }: TransferInput): boolean {
  return (
    place.recipe === recipe &&
    place.partnerId === partnerId &&
    place.programId === programId &&
    place.currency === currency &&
    place.period === period
  );
}

function placeOf(places: Map<string, Place>, transfer: TransferInput): Place {
  const { recipe, partnerId, programId, currency, period } = transfer;
  const key = `${recipe}\n${partnerId}\n${programId}\n${currency}\n${period}`;
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = { recipe, partnerId, programId, currency, period, ...accountsOf(transfer) };
  places.set(key, place);
  return place;
}

/**
 * The two accounts that a transfer moves between.
 * @throws when the recipe needs a program and there is none
 */
export function accountsOf(transfer: Omit<Place, "debit" | "credit" | "period"> & { readonly sourceKey: string }): {
  readonly debit: string;
  readonly credit: string;
} {
  const { debit, credit } = RECIPES[transfer.recipe];
  return { debit: accountOf(debit, transfer), credit: accountOf(credit, transfer) };
}

/** Whose account it is, by its kind. */
export function ownedBy(kind: AccountKind): "partner" | "program" | "operator" {
  if (OWNED_BY_PARTNER.has(kind)) return "partner";
  return kind === "commission_expense" ? "program" : "operator";
}

function accountOf(kind: AccountKind, transfer: Parameters<typeof accountsOf>[0]): string {
  const owner = ownedBy(kind);
  if (owner === "partner") return accountId(kind, transfer.partnerId, transfer.currency);
  if (owner === "operator") return accountId(kind, OPERATOR_BOOKS, transfer.currency);
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
