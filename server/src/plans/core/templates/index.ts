import type { PlanLanguage, PlanTemplate } from "@tributary/contract";
import { sayIn } from "../findings.ts";
import { ACQUISITION } from "./acquisition.ts";
import { SHARES } from "./shares.ts";
import { MEDIA, TRADING } from "./trading.ts";

/** Plans of the field to begin with. */
export function planTemplates(language: PlanLanguage): PlanTemplate[] {
  const say = sayIn(language);
  return [...ACQUISITION, ...SHARES, ...TRADING, ...MEDIA].map(({ code, fields, title, text, source }) => ({
    code,
    fields: [...fields],
    title: say(...title),
    text: say(...text),
    source,
  }));
}
