import {
  BULK_CODE_COLUMNS,
  type BulkCodesMade,
  type BulkCodesPreview,
  type BulkFile,
  NewReferralCode as NewReferralCodeSchema,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, can } from "../../access/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { notFound } from "../../kernel/refusals.ts";
import { partnersNamed, partnerTouch } from "../../partners/index.ts";
import { allPrograms, type ProgramFacts } from "../../programs/index.ts";
import { type BulkRow, instantOf, Refusals, readBulk } from "./bulk-file.ts";
import { type BulkPlan, columnOf, outcome, recordAll, refuseUnlessSkipped, remembered } from "./bulk-plan.ts";
import { type CodeRow, codesTaken, insertCodes } from "./store/codes.ts";
import { linksNamed } from "./store/links.ts";

type Input = z.output<typeof NewReferralCodeSchema>;

interface Planned {
  readonly row: number;
  readonly input: Input;
}

/** What a file of codes would make; nothing is. @throws Refusal invalid_input */
export async function previewCodes(
  ctx: Context,
  actor: Actor,
  file: z.output<typeof BulkFile>,
): Promise<BulkCodesPreview> {
  const plan = await planCodes(ctx, actor, file.csv);
  const sample = plan.good.slice(0, 20).map(({ row, input }) => ({
    row,
    partnerId: input.partnerId,
    programId: input.programId,
    code: input.code,
  }));
  return { ...outcome(plan), sample };
}

/** Gives the codes of a file, all in one transaction. @throws Refusal invalid_input when rows are refused and `skipRefused` is not set */
export async function makeCodes(ctx: Context, actor: Actor, file: z.output<typeof BulkFile>): Promise<BulkCodesMade> {
  return await transact(ctx, async (tx) => {
    const plan = await planCodes(tx, actor, file.csv);
    refuseUnlessSkipped(plan, file.skipRefused);
    const now = tx.clock.now();
    const rows = plan.good.map(
      ({ input }): CodeRow => ({
        code: input.code,
        program_id: input.programId,
        partner_id: input.partnerId,
        link_id: input.linkId,
        valid_from: input.validFrom === null ? null : new Date(input.validFrom),
        valid_to: input.validTo === null ? null : new Date(input.validTo),
        created_by: actor.id,
        created_at: now,
      }),
    );
    await insertCodes(tx.db, rows);
    await recordAll(
      tx,
      actor,
      plan.good.map(({ input }) => ({
        action: "codes.created",
        subjectKind: "code",
        subjectId: `${input.programId}:${input.code}`,
        partnerId: input.partnerId,
        after: input,
      })),
    );
    return { ...outcome(plan), made: rows.length };
  });
}

interface Surroundings {
  readonly partners: ReadonlyMap<string, string>;
  readonly programs: ReadonlyMap<string, ProgramFacts>;
  readonly links: ReadonlyMap<
    string,
    { readonly link_id: string; readonly partner_id: string; readonly program_id: string }
  >;
  readonly allowed: (partnerId: string, programId: string) => Promise<boolean>;
}

async function planCodes(ctx: Context, actor: Actor, csv: string): Promise<BulkPlan<Planned>> {
  if (actor.partnerId !== undefined) throw notFound("file", "of codes");
  const { rows, unknownColumns } = readBulk(csv, BULK_CODE_COLUMNS);
  const refusals = new Refusals();
  const around = await surroundings(ctx, actor, rows);
  const read: Planned[] = [];
  for (const row of rows) {
    const input = await planRow(row, around, refusals);
    if (input !== undefined) read.push({ row: row.row, input });
  }
  const taken = await codesTaken(
    ctx.db,
    read.map(({ input }) => input),
  );
  const seen = new Map<string, number>();
  const good = read.filter(({ row, input }) => {
    const key = `${input.programId} ${input.code}`;
    const first = seen.get(key);
    if (taken.has(key)) refusals.refuse(row, "code", input.code, "is given in this program already");
    else if (first !== undefined) refusals.refuse(row, "code", input.code, `stands in row ${first} too`);
    else {
      seen.set(key, row);
      return true;
    }
    return false;
  });
  return { rows: rows.length, good, refusals, unknownColumns };
}

async function surroundings(ctx: Context, actor: Actor, rows: readonly BulkRow[]): Promise<Surroundings> {
  const programs = new Map(
    (await allPrograms(ctx.db)).flatMap((one) => [[one.programId, one] as const, [one.code, one] as const]),
  );
  const links = new Map(
    (await linksNamed(ctx.db, columnOf(rows, "link"))).flatMap((one) => [
      [one.link_id, one] as const,
      [one.code, one] as const,
    ]),
  );
  return {
    partners: await partnersNamed(ctx.db, columnOf(rows, "partner")),
    programs,
    links,
    allowed: remembered(
      async (partnerId, programId) => can(actor, "links.write", await partnerTouch(ctx, partnerId, programId)),
      (partnerId, programId) => `${partnerId} ${programId}`,
    ),
  };
}

async function planRow(row: BulkRow, around: Surroundings, refusals: Refusals): Promise<Input | undefined> {
  const { cells } = row;
  const refuse = (field: string, message: string, hint?: string) =>
    refusals.refuse(row.row, field, cells.get(field) ?? "", cells.has(field) ? message : "is needed", hint);
  const program = around.programs.get(cells.get("program") ?? "");
  if (program === undefined) return refuse("program", "is not a program, by id or code");
  const partnerId = around.partners.get(cells.get("partner") ?? "");
  if (partnerId === undefined) return refuse("partner", "is not a partner, by id or code");
  if (!(await around.allowed(partnerId, program.programId)))
    return refuse("partner", "is not a partner that you may give codes");
  const link = cells.has("link") ? around.links.get(cells.get("link") ?? "") : null;
  if (link === undefined || (link !== null && (link.partner_id !== partnerId || link.program_id !== program.programId)))
    return refuse("link", "is not a link of this partner in this program");
  const from = instantOf(cells.get("valid_from"), program.timeZone);
  if ("wrong" in from) return refuse("valid_from", from.wrong);
  const to = instantOf(cells.get("valid_to"), program.timeZone);
  if ("wrong" in to) return refuse("valid_to", to.wrong);
  if (from.at !== null && to.at !== null && to.at < from.at) return refuse("valid_to", "lies before valid_from");
  const read = NewReferralCodeSchema.safeParse({
    programId: program.programId,
    partnerId,
    code: cells.get("code") ?? "",
    linkId: link?.link_id ?? null,
    validFrom: from.at,
    validTo: to.at,
  });
  return read.success ? read.data : refusals.refuseAll(row, read.error.issues, {});
}
