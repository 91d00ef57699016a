import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "../../database/index.ts";
import {
  mergePartners,
  openBulk,
  partnersByCodes,
  startBulkCheck,
  startBulkRun,
  workOnBulk,
} from "../../partners/index.ts";
import { mergeNeeds } from "../partner-merge.ts";
import type { SampleRecords } from "./records.ts";

/** A list from a fair with a firm that is in it three times, one of which was merged since, and a row that was refused. */
const FAIR = `code,name,kind,country,email,website,tags
cometa,Cometa Comparadores SL,affiliate,ES,hola@cometa.example,https://cometa.example,fair
cometa-media,Cometa Comparadores,affiliate,ES,ventas@cometa.example,https://cometa.example,fair
cometa-old,Cometa,affiliate,ES,antiguo@cometa.example,https://cometa.example,fair
unreadable,Nobody Knows,affiliate,Atlantis,nobody@nowhere.example,,fair
`;

/** A bulk import with its rejects, two records that may be one, and a merge. */
export async function writeLists(ctx: Context, records: SampleRecords): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-sample-"));
  try {
    await takeFair(ctx, records, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeFair(ctx: Context, { cast }: SampleRecords, folder: string): Promise<void> {
  const path = join(folder, "fair.csv");
  await writeFile(path, FAIR);
  const { id } = await openBulk(ctx, cast.administrator, { path, name: "fair-lisbon.csv" }, "partner");
  await startBulkCheck(ctx, cast.administrator, id);
  await workOnBulk(ctx, id);
  await startBulkRun(ctx, cast.administrator, id);
  await workOnBulk(ctx, id);
  const [winner, loser] = await partnersByCodes(ctx.db, ["cometa", "cometa-old"]);
  if (winner === undefined || loser === undefined) throw new Error("the sample's list was not taken");
  const wanted = {
    winnerId: winner.partnerId,
    loserId: loser.partnerId,
    reason: "The same firm, twice at the same fair",
  };
  await mergePartners(ctx, cast.administrator, wanted, mergeNeeds);
}
