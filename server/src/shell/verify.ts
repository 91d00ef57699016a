import { verifyChain } from "../audit/index.ts";
import { verifyBooks } from "../commissions/index.ts";
import type { Context } from "../database/index.ts";
import { verifyInvoices } from "../invoices/index.ts";
import { verifyLedger } from "../ledger/index.ts";
import { verifyAnalytics } from "../reporting/index.ts";
import { verifyStatements } from "../statements/index.ts";
import type { Program } from "./program.ts";
import { checkFacts } from "./replay.ts";
import { shippingOf } from "./tracking-parts.ts";

/** One proof: what was looked at, how much of it, and everything that is not as it should be. */
export type Check = {
  readonly name: string;
  readonly whole: boolean;
  /** What was counted, e.g. { entries: 1200 }. */
  readonly counted: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
};

export type Verification = { readonly whole: boolean; readonly checks: readonly Check[] };

/** The proofs in the order in which they are run: from the trail over the books to what was derived from them. One line each. */
const checks: readonly ((program: Program) => Promise<Check>)[] = [
  ({ ctx }) => auditTrail(ctx),
  ({ ctx }) => ledger(ctx),
  ({ ctx }) => facts(ctx),
  ({ ctx }) => commissions(ctx),
  ({ ctx }) => statements(ctx),
  ({ ctx }) => invoices(ctx),
  (program) => analytics(program),
];

/** Proves that nothing was changed behind the program's back and that everything derived is what it is derived from. Writes nothing. */
export async function verify(program: Program, onCheck: (check: Check) => void): Promise<Verification> {
  const done: Check[] = [];
  for (const run of checks) {
    const check = await run(program);
    onCheck(check);
    done.push(check);
  }
  return { whole: done.every((check) => check.whole), checks: done };
}

async function auditTrail(ctx: Context): Promise<Check> {
  const chain = await verifyChain(ctx);
  const problems = chain.whole ? [] : [`entry ${chain.brokenAt}: ${chain.problem}`];
  return { name: "audit trail", whole: chain.whole, counted: { entries: Number(chain.entries) }, problems };
}

async function ledger(ctx: Context): Promise<Check> {
  const { whole, transfers, accounts, problems } = await verifyLedger(ctx);
  return { name: "ledger", whole, counted: { transfers, accounts }, problems };
}

async function commissions(ctx: Context): Promise<Check> {
  const { whole, pairs, waiting, lines, problems } = await verifyBooks(ctx);
  return { name: "commissions from facts", whole, counted: { pairs, waiting, lines }, problems };
}

async function statements(ctx: Context): Promise<Check> {
  const { closed, problems } = await verifyStatements(ctx);
  return { name: "closed statements", whole: problems.length === 0, counted: { statements: closed }, problems };
}

async function invoices(ctx: Context): Promise<Check> {
  const { invoices: count, problems } = await verifyInvoices(ctx);
  return { name: "invoices", whole: problems.length === 0, counted: { invoices: count }, problems };
}

async function facts(ctx: Context): Promise<Check> {
  const { customers, differences } = await checkFacts(ctx);
  const problems = differences.map((difference) => JSON.stringify(difference, bigintsAsText));
  return { name: "facts from events", whole: differences.length === 0, counted: { customers }, problems };
}

async function analytics(program: Program): Promise<Check> {
  const { whole, rows, differences } = await verifyAnalytics(await shippingOf(program));
  const problems = differences.map((difference) => JSON.stringify(difference, bigintsAsText));
  return { name: "analytics from PostgreSQL", whole, counted: rows, problems };
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
