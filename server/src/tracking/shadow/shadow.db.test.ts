import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { NewShadow, Shadow, ShadowFile } from "@tributary/contract";
import { type EventWorld, eventWorld, PROGRAM } from "../../../test/event-world.ts";
import { systemActor } from "../../access/index.ts";
import { runComparison } from "./compare.ts";
import { getFile, listRefusals, lookIntoFile, readFile, takeFile } from "./files.ts";
import { readUploadedFile } from "./read-file.ts";
import { getResult, listDays, listPartnerTotals, listResults } from "./results.ts";
import { createShadow, getShadow, listShadowPartners, setShadowPartner } from "./service.ts";
import { workbook } from "./test-workbook.ts";

const actor = systemActor("test");
const MINUTE = 60_000;
const START = Date.parse("2026-03-01T00:00:00Z");
const NEW: Omit<NewShadow, "programId" | "name"> = {
  incumbent: "everflow",
  timeZone: "UTC",
  currency: "EUR",
  types: ["sale", "registration"],
};
const ALL = { limit: 500, class: undefined, partnerId: undefined, from: undefined, to: undefined, q: undefined };

interface Sale {
  readonly n: number;
  readonly at: number;
  readonly partner: "ada" | "ben";
  readonly cents: number;
}

/** Three weeks of sales, one every 97 minutes: enough for every hour of the day. */
const SALES: readonly Sale[] = Array.from({ length: 300 }, (_, n) => ({
  n,
  at: START + n * 97 * MINUTE,
  partner: n % 3 === 0 ? "ben" : "ada",
  cents: 1000 + n * 7,
}));

/** As Everflow's conversion report writes a time of New York: `03/01/2026 07:12:00 PM`, with no zone. */
function newYork(at: number): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).format(new Date(at));
  return parts.replace(", ", " ").replace("\u202f", " ");
} // biome-ignore format: options

const HEADER = "Conversion ID,Transaction ID,Order ID,Date,Event Name,Partner,Sale Amount,Currency,Status";
function row(
  sale: Sale,
  more: { partner?: string; cents?: number; status?: string; id?: string; date?: string; order?: string } = {},
): string {
  const cents = more.cents ?? sale.cents;
  const name = sale.partner === "ada" ? "Ada" : "Ben & Sons";
  return [
    more.id ?? `cv${sale.n}`,
    `tx${sale.n}`,
    more.order ?? `order-${sale.n}`,
    `"${more.date ?? newYork(sale.at)}"`,
    "Sale",
    `"${more.partner ?? name}"`,
    `"${(cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}"`,
    "EUR",
    more.status ?? "approved",
  ].join(",");
}

/** What they have: everything but number 5, with a few that differ, one twice, one line broken, and totals at the end. */
function everflowExport(): string {
  const lines = SALES.filter(({ n }) => n !== 5).map((sale) => {
    if (sale.n === 10) return row(sale, { partner: "Ben & Sons" });
    if (sale.n === 20) return row(sale, { cents: sale.cents + 1 });
    if (sale.n === 30) return row(sale, { status: "rejected" });
    return row(sale);
  });
  const ghost = row({ n: 9999, at: START + 500 * MINUTE, partner: "ada", cents: 5 });
  const twice = row(SALES[40] as Sale, { id: "cv40b" });
  const broken = row(SALES[50] as Sale, { id: "bad", order: "bad", date: "sometime" });
  return ["Conversion report", HEADER, ...lines, ghost, twice, broken, "Total,,,,,,99.00,,"].join("\r\n");
}

async function* bytesOf(text: string | Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

/** Uploads, reads by what is suggested, and compares. */
async function take(
  world: EventWorld,
  shadow: Shadow,
  text: string | Buffer,
  change: Partial<ShadowFile["suggestion"]> = {},
): Promise<ShadowFile> {
  const ctx = world.context;
  const file = await takeFile(ctx, actor, shadow.id, "export.csv", bytesOf(text));
  await lookIntoFile(ctx, file.id);
  const looked = await getFile(ctx, actor, file.id);
  await readFile(ctx, actor, file.id, { ...looked.suggestion, ...change });
  await readUploadedFile(ctx, file.id);
  await runComparison(ctx, shadow.id);
  return await getFile(ctx, actor, file.id);
}

async function classes(world: EventWorld, shadow: Shadow): Promise<Record<string, number>> {
  return (await getShadow(world.context, actor, shadow.id)).summary?.classes ?? {};
}

describe("an incumbent's export beside our events", () => {
  let world: EventWorld;
  let shadow: Shadow;
  before(async () => {
    world = await eventWorld({}, "Europe/Madrid");
    const clicks = new Map<string, string>();
    for (const partner of ["ada", "ben"]) clicks.set(partner, await world.click(partner, "2026-02-28T20:00:00Z"));
    for (const sale of SALES)
      await world.send([
        {
          type: "sale",
          externalId: `order-${sale.n}`,
          customerRef: `c${sale.n}`,
          at: sale.at,
          currency: "EUR",
          measures: { sale: String(sale.cents) },
          clickId: clicks.get(sale.partner) ?? "",
        },
      ]);
    await world.pipeline.drain();
    shadow = await createShadow(world.context, actor, { programId: PROGRAM, name: "Everflow", ...NEW });
  });
  after(() => world.close());

  it("finds the columns behind a title line, the format, and refuses rows by line with a reason", async () => {
    const file = await take(world, shadow, everflowExport());
    assert.equal(file.format, "Everflow conversions (file)");
    assert.equal(file.headerRow, 2);
    assert.equal(file.rows, 301);
    const refusals = await listRefusals(world.context, actor, file.id, { limit: 10 });
    assert.deepEqual(
      refusals.rows.map(({ line, field, reason }) => [line, field, reason]),
      [
        [304, "occurredAt", "the time cannot be read"],
        [305, "occurredAt", "there is no time"],
      ],
    );
    assert.equal(file.refused, 2);
  });

  it("a file in another zone: the shift is named, and everything is found all the same", async () => {
    const { summary } = await getShadow(world.context, actor, shadow.id);
    // Read as UTC, New York's winter is five hours behind and its summer (from 8 March) four.
    assert.deepEqual([...(summary?.shifts ?? [])].sort(), [-240, -300]);
    const found = await classes(world, shadow);
    assert.equal(found.missing_here, 1);
    assert.ok((found.day_shift ?? 0) > 30, JSON.stringify(found));
    const shifted = await listResults(world.context, actor, shadow.id, { ...ALL, class: ["day_shift"] });
    assert.ok(shifted.rows.every(({ notes }) => notes.includes("their_clock")));
  });

  it("in its own zone: every planted disagreement and no other, each with its class", async () => {
    await take(world, shadow, everflowExport(), { timeZone: "America/New_York" });
    await setShadowPartner(world.context, actor, shadow.id, { theirs: "Ben & Sons", partnerId: "prt_ben" });
    await runComparison(world.context, shadow.id);
    assert.deepEqual(await classes(world, shadow), {
      agrees: 296, missing_there: 1, other_partner: 1, other_amount: 1, other_status: 1, missing_here: 1, duplicate_there: 1,
    }); // biome-ignore format: counts
    const { rows } = await listResults(world.context, actor, shadow.id, ALL);
    const told = rows.map((one) => `${one.class} ${one.theirs?.orderId ?? one.ours?.orderId}`).sort();
    assert.deepEqual(told, [
      "duplicate_there order-40",
      "missing_here order-9999",
      "missing_there order-5",
      "other_amount order-20",
      "other_partner order-10",
      "other_status order-30",
    ]);
  });

  it("a result opens to both sides, their row as it came, and why", async () => {
    const { rows } = await listResults(world.context, actor, shadow.id, { ...ALL, q: "order-10" });
    const detail = await getResult(world.context, actor, rows[0]?.id ?? "", {});
    assert.equal(detail.explanation, "Both sides have this conversion, for different partners.");
    assert.equal(detail.raw.find(({ column }) => column === "Partner")?.value, "Ben & Sons");
    assert.equal(detail.line, 12);
    assert.equal(detail.ours?.partner, "prt_ada");
    assert.match(detail.receiptId ?? "", /^rcp_/);
    const twice = await listResults(world.context, actor, shadow.id, { ...ALL, class: ["duplicate_there"] });
    const duplicate = await getResult(world.context, actor, twice.rows[0]?.id ?? "", {});
    const original = await getResult(world.context, actor, duplicate.duplicateOf ?? "", {});
    assert.equal(original.theirs?.orderId, "order-40");
  });

  it("sums by day and partner are those of the two sides", async () => {
    const days = await listDays(world.context, actor, shadow.id, { limit: 100 });
    const totals = await listPartnerTotals(world.context, actor, shadow.id, { limit: 100 });
    const ours = SALES.reduce((sum, { cents }) => sum + cents, 0);
    const sum = (rows: typeof totals.rows | typeof days.rows) =>
      (rows as typeof days.rows).reduce(
        (all, { amounts }) => all + amounts.reduce((part, one) => part + Number(one.ours.minor), 0),
        0,
      );
    assert.equal(sum(days.rows), ours);
    assert.equal(sum(totals.rows), ours);
    const ben = totals.rows.find(({ partnerId }) => partnerId === "prt_ben");
    const benSales = SALES.filter(({ partner }) => partner === "ben");
    // Theirs has number 10 besides, and not number 30, which it rejected.
    const theirBen = benSales.reduce((all, { cents }) => all + cents, 0) + 1070 - 1210;
    assert.equal(ben?.amounts[0]?.ours.minor, String(benSales.reduce((all, { cents }) => all + cents, 0)));
    assert.equal(ben?.amounts[0]?.theirs.minor, String(theirBen));
  });

  it("says when it is safe to switch, by the thresholds", async () => {
    const { summary } = await getShadow(world.context, actor, shadow.id);
    assert.equal(summary?.safe, false);
    assert.match(
      summary?.sentence ?? "",
      /^Safe to switch when at least \d+ conversions|^Safe to switch when at least/,
    );
    const partners = await listShadowPartners(world.context, actor, shadow.id);
    assert.deepEqual(
      partners.map(({ theirs, mappedBy }) => [theirs, mappedBy]),
      [
        ["Ada", "name"],
        ["Ben & Sons", "hand"],
      ],
    );
  });

  it("the mapping is remembered; the same file again, zipped, changes nothing; a later status replaces the row", async () => {
    const before = await classes(world, shadow);
    const again = await takeFile(world.context, actor, shadow.id, "again.csv.gz", bytesOf(gzipSync(everflowExport())));
    assert.equal(again.suggestedBy, "remembered");
    assert.equal(again.suggestion.timeZone, "America/New_York");
    await readFile(world.context, actor, again.id, again.suggestion);
    await readUploadedFile(world.context, again.id);
    await runComparison(world.context, shadow.id);
    assert.deepEqual(await classes(world, shadow), before);
    await take(world, shadow, [HEADER, row(SALES[30] as Sale)].join("\n"), { timeZone: "America/New_York" });
    assert.equal((await classes(world, shadow)).other_status, undefined);
  });

  it("a spreadsheet is opened in the background, and read like any other file", async () => {
    const sale = SALES[60] as Sale;
    const date = new Date(Math.round(sale.at / 1000) * 1000);
    const rows = [
      HEADER.split(","),
      [
        "cv60",
        "tx60",
        "order-60",
        date,
        "Sale",
        "Ben & Sons".replace("&", "&amp;"),
        sale.cents / 100,
        "EUR",
        "declined",
      ],
    ];
    const file = await takeFile(world.context, actor, shadow.id, "export.xlsx", bytesOf(workbook(rows)));
    assert.equal(file.state, "waiting");
    await lookIntoFile(world.context, file.id);
    const { state, suggestion } = await getFile(world.context, actor, file.id);
    assert.equal(state, "uploaded");
    await readFile(world.context, actor, file.id, { ...suggestion, timeZone: "UTC" });
    await readUploadedFile(world.context, file.id);
    await runComparison(world.context, shadow.id);
    const { rows: found } = await listResults(world.context, actor, shadow.id, { ...ALL, class: ["other_status"] });
    assert.deepEqual(
      found.map(({ theirs, differences }) => [theirs?.orderId, differences]),
      [["order-60", ["other_status"]]],
    );
  });

  it("the bytes of a file are gone when it was read", async () => {
    assert.deepEqual(await world.rows("select file_id from tracking.shadow_chunk"), []);
  });
});
