import { affise } from "./affise.ts";
import { cake } from "./cake.ts";
import type { Dialect, DialectName } from "./core/contracts.ts";
import { dub } from "./dub.ts";
import { everflow } from "./everflow.ts";
import { firstPromoter } from "./first-promoter.ts";
import { generic } from "./generic.ts";
import { impact } from "./impact.ts";
import { partnerStack } from "./partner-stack.ts";
import { postAffiliatePro } from "./post-affiliate-pro.ts";
import { rewardful } from "./rewardful.ts";
import { scaleo } from "./scaleo.ts";
import { tapfiliate } from "./tapfiliate.ts";
import { tune } from "./tune.ts";

/** Every dialect that is spoken, in the order of the compatibility page. A vendor is added by its file and a line here. */
export const DIALECTS: readonly Dialect[] = [
  everflow,
  tune,
  cake,
  affise,
  scaleo,
  postAffiliatePro,
  impact,
  partnerStack,
  tapfiliate,
  firstPromoter,
  dub,
  rewardful,
  generic,
];

const BY_NAME: ReadonlyMap<string, Dialect> = new Map(DIALECTS.map((dialect) => [dialect.name, dialect]));

export function dialectNamed(name: DialectName | string): Dialect | undefined {
  return BY_NAME.get(name);
}
