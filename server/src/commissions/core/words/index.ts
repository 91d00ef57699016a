import { acquisitionWords } from "./acquisition.ts";
import { fixedWords } from "./fixed.ts";
import { levelsWords } from "./levels.ts";
import { mediaWords } from "./media.ts";
import { revenueShareWords } from "./revenue-share.ts";
import { saleWords } from "./sale.ts";
import { tradingWords } from "./trading.ts";

const TOPICS = [acquisitionWords, levelsWords, mediaWords, revenueShareWords, tradingWords, saleWords, fixedWords];

/** Sentences of steps and names of models (`model_cpa`), with `{placeholders}`. */
export const STEP_WORDS: {
  readonly en: Readonly<Record<string, string>>;
  readonly es: Readonly<Record<string, string>>;
} = {
  en: Object.assign({}, ...TOPICS.map((topic) => topic.en)),
  es: Object.assign({}, ...TOPICS.map((topic) => topic.es)),
};
