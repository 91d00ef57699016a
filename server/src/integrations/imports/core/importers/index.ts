import type { ImportVendor } from "@tributary/contract";
import type { Importer } from "../importer.ts";
import { dub } from "./dub.ts";
import { everflow } from "./everflow.ts";
import { impact } from "./impact.ts";
import { partnerstack } from "./partnerstack.ts";
import { plain } from "./plain.ts";
import { rewardful } from "./rewardful.ts";
import { tapfiliate } from "./tapfiliate.ts";
import { tune } from "./tune.ts";

/** Every importer, by its platform. */
export const IMPORTERS: Readonly<Record<ImportVendor, Importer>> = {
  impact,
  partnerstack,
  everflow,
  tune,
  tapfiliate,
  rewardful,
  dub,
  plain,
};
