import { Branding } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import { changedMeanwhile, invalid } from "../kernel/refusals.ts";
import { lockBranding, readBranding, writeBranding } from "./store/branding.ts";

const NOBODY: Branding = {
  name: "",
  legalName: "",
  address: [],
  email: "",
  website: "",
  registration: "",
  accent: "#2f5bd8",
  logo: null,
  revision: 0,
};

/** How the operator's papers look; empty until somebody has written it. Also for other rooms that write papers. */
export async function branding(db: Db): Promise<Branding> {
  return (await readBranding(db)) ?? NOBODY;
}

export async function saveBranding(ctx: Context, actor: Actor, given: Branding): Promise<Branding> {
  const input = Branding.parse(given);
  requirePermission(actor, "settings.write", {});
  if (input.logo !== null && !isPicture(input.logo)) throw invalid("logo", "", "is no PNG or JPEG picture");
  return await transact(ctx, async (tx) => {
    const before = (await lockBranding(tx.db)) ?? NOBODY;
    if (before.revision !== input.revision) throw changedMeanwhile("letterhead", input.revision);
    const after = { ...input, revision: input.revision + 1 };
    await writeBranding(tx.db, after);
    const said = ({ logo, ...rest }: Branding) => ({
      ...rest,
      logo: logo === null ? null : `${logo.length} characters`,
    });
    await audit.record(tx, actor, {
      action: "statements.branding_changed",
      subjectKind: "branding",
      subjectId: "branding",
      before: said(before),
      after: said(after),
    });
    return after;
  });
}

/** By its first bytes, not by what it says to be. */
function isPicture(address: string): boolean {
  const bytes = Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
  const png = bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  return address.startsWith("data:image/png") ? png : jpeg;
}
