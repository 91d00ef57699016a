import { createHash } from "node:crypto";
import type { RunSettingsDocument } from "@tributary/contract";
import { termsOnDays } from "../agreements/index.ts";
import {
  adjustmentsIn,
  type BookedAdjustment,
  type ComponentCell,
  componentCells,
  waitingFor,
} from "../commissions/index.ts";
import type { Context } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { dayOf } from "../kernel/period.ts";
import { type MonthFigures, monthFigures } from "../ledger/index.ts";
import { partnersByIds } from "../partners/index.ts";
import { availableOnAccount, dischargedAfter } from "../statements/index.ts";
import { type Cell, decompose } from "./core/decompose.ts";
import { marksOf } from "./core/marks.ts";
import { needsOf } from "./core/matrix.ts";
import { monthsBefore } from "./core/periods.ts";
import type { PayeeLook, RunNeeds } from "./needs.ts";
import type { Claim } from "./store/claims.ts";
import { type Entered, type NewCell, type NewItem, onAccount } from "./store/items.ts";
import type { RunRow } from "./store/runs.ts";

/** How far back a change of bank details is worth a look. */
const BANK_CHANGED_DAYS = 40;

interface Books {
  readonly partnerId: string;
  readonly currency: string;
  readonly claims: readonly Claim[];
}

/** Everything about the partners of a part, asked for once for all of them. */
interface Surroundings {
  readonly run: RunRow;
  readonly settings: RunSettingsDocument;
  readonly figures: readonly MonthFigures[][];
  readonly figuresBefore: readonly MonthFigures[][];
  readonly settled: readonly bigint[];
  readonly cells: ReadonlyMap<string, readonly ComponentCell[]>;
  readonly cellsBefore: ReadonlyMap<string, readonly ComponentCell[]>;
  readonly adjustments: ReadonlyMap<string, readonly BookedAdjustment[]>;
  readonly problems: ReadonlyMap<string, string>;
  readonly onAccount: ReadonlyMap<string, bigint>;
  readonly payees: ReadonlyMap<string, PayeeLook> | null;
  readonly documents: ReadonlyMap<string, number> | null;
  readonly screening: ReadonlyMap<string, "waiting" | "match"> | null;
  readonly partners: ReadonlyMap<string, { readonly regionId: string | null; readonly ownerUserId: string | null }>;
  readonly terms: ReadonlyMap<string, { readonly changed: boolean; readonly authors: readonly string[] }>;
}

/**
 * What a run comes to for some partners: figures out of the ledger, causes out of the lines, and everything that somebody should see. A dozen
 * queries for a thousand partners.
 * @param calculated what was earned when it was calculated, where it is looked at again after the books were closed
 */
export async function lookAt(
  ctx: Context,
  run: RunRow,
  settings: RunSettingsDocument,
  claims: readonly Claim[],
  needs: RunNeeds,
  calculated: ReadonlyMap<string, bigint> | null,
): Promise<{ readonly items: readonly NewItem[]; readonly cells: readonly NewCell[] }> {
  const books = booksOf(claims);
  const around = await surroundings(ctx, run, settings, books, needs);
  const items: NewItem[] = [];
  const cells: NewCell[] = [];
  for (const [index, book] of books.entries()) {
    const own = cellsOf(book, around);
    cells.push(...own.filter((cell) => !isEmpty(cell)));
    items.push(itemOf(book, index, own, around, calculated?.get(nameOf(book)) ?? null));
  }
  return { items, cells };
}

function booksOf(claims: readonly Claim[]): readonly Books[] {
  return [...Map.groupBy(claims, nameOf).values()].map((own) => {
    const [first] = own as [Claim, ...Claim[]];
    return { partnerId: first.partnerId, currency: first.currency, claims: own };
  });
}

async function surroundings(
  ctx: Context,
  run: RunRow,
  settings: RunSettingsDocument,
  books: readonly Books[],
  needs: RunNeeds,
): Promise<Surroundings> {
  const partnerIds = [...new Set(books.map((one) => one.partnerId))];
  const before = monthsBefore(run.months);
  const last = run.months.at(-1) ?? run.from;
  const days = { from: run.months[0] ?? run.from, to: run.to };
  const now = ctx.clock.now();
  const adjustments = await adjustmentsIn(ctx.db, partnerIds, run.months);
  const terms = await termsOnDays(ctx.db, partnerIds, days.from, days.to);
  const partners = await partnersByIds(ctx.db, partnerIds);
  const since = new Date(now.getTime() - BANK_CHANGED_DAYS * 86_400_000);
  return {
    run,
    settings,
    figures: await figuresOf(ctx, books, run.months),
    figuresBefore: await figuresOf(ctx, books, before),
    settled: await dischargedAfter(
      ctx,
      books.map((one) => ({ ...one, month: last })),
    ),
    cells: Map.groupBy(await componentCells(ctx.db, books, run.months), nameOf),
    cellsBefore: Map.groupBy(await componentCells(ctx.db, books, before), nameOf),
    adjustments: Map.groupBy(adjustments, nameOf),
    problems: await waitingFor(ctx, partnerIds, last),
    onAccount: run.mode === "interim" ? await onAccount(ctx.db, run.runId, last, partnerIds) : new Map(),
    payees: needs.payees === null ? null : await needs.payees(ctx, partnerIds, since),
    documents:
      needs.expiredDocuments === null ? null : await needs.expiredDocuments(ctx, partnerIds, dayOf(now, "UTC")),
    screening: needs.screening === null ? null : await needs.screening(ctx, partnerIds),
    partners: new Map(partners.map((one) => [one.partnerId, one])),
    terms: new Map(
      [...Map.groupBy(terms, (one) => one.partnerId)].map(([partnerId, own]) => [
        partnerId,
        {
          changed: own.some((one) => one.validFrom > days.from),
          authors: [...new Set(own.flatMap((one) => one.authors))],
        },
      ]),
    ),
  };
}

async function figuresOf(ctx: Context, books: readonly Books[], months: readonly string[]): Promise<MonthFigures[][]> {
  const asked = books.flatMap(({ partnerId, currency }) => months.map((month) => ({ partnerId, currency, month })));
  const found = await monthFigures(ctx, asked);
  return books.map((_, index) => found.slice(index * months.length, (index + 1) * months.length));
}

const EMPTY = { quantity: 0n, quantityBefore: 0n, amount: 0n, amountBefore: 0n };

function cellsOf(book: Books, around: Surroundings): NewCell[] {
  const cells = new Map<string, { -readonly [K in keyof NewCell]: NewCell[K] }>();
  const at = ({ programId, component, model, tier }: ComponentCell) => {
    const name = [programId, component, model, tier].join("\n");
    const { partnerId, currency } = book;
    const found = cells.get(name) ?? { partnerId, currency, programId, component, model, tier, ...EMPTY };
    cells.set(name, found);
    return found;
  };
  for (const cell of around.cells.get(nameOf(book)) ?? []) {
    const own = at(cell);
    own.quantity += cell.quantity;
    own.amount += cell.minor;
  }
  for (const cell of around.cellsBefore.get(nameOf(book)) ?? []) {
    const own = at(cell);
    own.quantityBefore += cell.quantity;
    own.amountBefore += cell.minor;
  }
  return [...cells.values()];
}

function isEmpty(cell: NewCell): boolean {
  return cell.quantity === 0n && cell.quantityBefore === 0n && cell.amount === 0n && cell.amountBefore === 0n;
}

function itemOf(
  book: Books,
  index: number,
  cells: readonly NewCell[],
  around: Surroundings,
  calculated: bigint | null,
): NewItem {
  const { settings, run } = around;
  const name = nameOf(book);
  const figures = around.figures[index] ?? [];
  const before = around.figuresBefore[index] ?? [];
  const [earned, earnedBefore] = [earnedIn(figures), earnedIn(before)];
  const own = around.cells.get(name) ?? [];
  const earlier = sumOf(own.map((one) => one.earlierMinor));
  const earlierBefore = sumOf((around.cellsBefore.get(name) ?? []).map((one) => one.earlierMinor));
  const adjusted = moved(figures, "adjust");
  const adjustedBefore = moved(before, "adjust");
  const causes = decompose(cells.map(asCell), {
    adjustment: adjusted,
    adjustmentBefore: adjustedBefore,
    earlier,
    earlierBefore,
  });
  const closingPayable = figures.at(-1)?.closingPayable ?? 0n;
  const closingHeld = figures.at(-1)?.closingHeld ?? 0n;
  const toPay =
    run.mode === "interim"
      ? interim(figures, around.onAccount.get(name) ?? 0n)
      : closingPayable - (around.settled[index] ?? 0n);
  const corrections = around.adjustments.get(name) ?? [];
  const terms = around.terms.get(book.partnerId);
  const marks = marksOf(
    {
      earned,
      earnedBefore,
      hasBefore:
        earnedBefore !== 0n || before.some((one) => Object.keys(one.payable).length + Object.keys(one.held).length > 0),
      closingPayable,
      closingHeld,
      causes,
      capsHit: own.reduce((total, one) => total + one.capsHit, 0),
      adjustments: corrections.filter((one) => !one.isOpen).length,
      adjustmentsOpen: corrections.filter((one) => one.isOpen).length,
      ledgerDifference: sumOf(own.map((one) => one.minor)) + earlier - (earned - adjusted),
      moved: calculated === null ? null : earned - calculated,
      ...standingOf(book.partnerId, around),
    },
    settings.thresholds,
  );
  const shown = { earned, adjusted, closingPayable, closingHeld, toPay };
  return {
    partnerId: book.partnerId,
    currency: book.currency,
    regionId: around.partners.get(book.partnerId)?.regionId ?? null,
    ownerUserId: around.partners.get(book.partnerId)?.ownerUserId ?? null,
    statementIds: book.claims.map((one) => one.statementId),
    earnedBefore,
    openingPayable: figures[0]?.openingPayable ?? 0n,
    ...shown,
    causes,
    marks,
    enteredBy: enteredBy(corrections, terms?.authors ?? []),
    figuresHash: hashOf(shown),
    needs: needsOf(settings.matrix, book.currency, toPay > earned ? toPay : earned),
  };
}

/** What other rooms say of the partner; null where they were not asked. */
function standingOf(partnerId: string, around: Surroundings) {
  const payee = around.payees?.get(partnerId) ?? null;
  return {
    termsChanged: around.terms.get(partnerId)?.changed ?? false,
    notCalculated: around.problems.get(partnerId) ?? null,
    bankChangedAt: payee?.bankChangedAt ?? null,
    payeeBlocks: payee?.blocks ?? [],
    hasPayee: around.payees === null ? null : (payee?.hasPayee ?? false),
    documentsExpired: around.documents?.get(partnerId) ?? null,
    screening: around.screening?.get(partnerId) ?? null,
  };
}

function enteredBy(corrections: readonly BookedAdjustment[], authors: readonly string[]): Entered[] {
  const people = corrections.flatMap((one) => (one.isOpen ? [] : [one.proposedBy]));
  return [
    ...[...new Set(people)].map((userId): Entered => ({ userId, what: "adjustment" })),
    ...authors.map((userId): Entered => ({ userId, what: "terms" })),
  ];
}

function asCell(cell: NewCell): Cell {
  return { ...cell, unit: cell.model, component: `${cell.programId} ${cell.component}` };
}

const EARNING = ["accrue", "claw_back", "adjust", "hold", "reverse"] as const;

/** Everything that moved expense: what the partner earned, held or not, with corrections. Releases and payouts only move it on. */
export function earnedIn(months: readonly MonthFigures[]): bigint {
  return sumOf(
    months.flatMap((month) => EARNING.map((recipe) => (month.payable[recipe] ?? 0n) + (month.held[recipe] ?? 0n))),
  );
}

function moved(months: readonly MonthFigures[], recipe: "adjust"): bigint {
  return sumOf(months.map((month) => month.payable[recipe] ?? 0n));
}

/** What the open month could pay on account, less what runs before this one let go. */
function interim([month]: readonly MonthFigures[], before: bigint): bigint {
  return month === undefined ? 0n : availableOnAccount(month, before);
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, one) => total + one, 0n);
}

function nameOf(books: { readonly partnerId: string; readonly currency: string }): string {
  return `${books.partnerId} ${books.currency}`;
}

/** What an approval is about: when this changes, it has to be given again. */
function hashOf(figures: Readonly<Record<string, bigint>>): string {
  const texts = Object.fromEntries(Object.entries(figures).map(([name, minor]) => [name, String(minor)]));
  return createHash("sha256").update(canonicalJson(texts)).digest("hex");
}
