import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesBelow, isTest, read, report, root, typescript } from "./sources.ts";
import { nodes, parse, type Source } from "./syntax.ts";

// One word per idea, the same in code, API, console, portal and mail (GLOSSARY.md). These are the words that the field uses for the
// same ideas and that we do not.
const NAMES = {
  programme: "program",
  publisher: "partner",
  advertiser: "operator",
  merchant: "operator",
  upline: "parent partner",
  downline: "sub-partner",
  lookback: "attribution window",
  wallet: "balance",
  ratecard: "commission plan",
  bounced: "return",
  tweak: "adjustment",
  player: "customer",
  punter: "customer",
  earner: "partner",
};
const BANNED: ReadonlyMap<string, string> = new Map(Object.entries(NAMES));
/** What events of the field, and states of payments at a provider, are called by those who send them. */
const SENT_AS_IT_IS = new Set(["players_dealt", "bounced_back"]);
/** Words of people's screens only: in code they have other, harmless meanings. */
const BANNED_ON_SCREEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...NAMES,
    client: "customer",
    ticket: "case",
    hit: "click",
    scheme: "program",
  }),
);
/** Whole ideas whose name was given to something else. */
const BANNED_PAIRS: readonly (readonly [RegExp, string])[] = [
  [/payout_?rate|payout_?percent|rate_?per_?payout/i, "commission; payout is money paid out, never a rate"],
  [/commission_?rebate|partner_?rebate|ib_?rebate/i, "commission; a rebate is money back to the customer"],
  [/referral_?commission|second_?tier/i, "override"],
];

function wordsOf(identifier: string): readonly string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z]+/)
    .map((word) => word.toLowerCase().replace(/s$/, ""));
}

function bannedNames(source: Source): readonly string[] {
  const found = new Set<string>();
  for (const node of nodes(source.program)) {
    if (node.type !== "Identifier") continue;
    const name = String(node.name);
    if (SENT_AS_IT_IS.has(name)) continue;
    for (const word of wordsOf(name)) {
      if (BANNED.has(word)) found.add(`${source.path}:${source.line(node.start)} ${name}: say ${BANNED.get(word)}`);
    }
    for (const [pattern, instead] of BANNED_PAIRS) {
      if (pattern.test(name)) found.add(`${source.path}:${source.line(node.start)} ${name}: say ${instead}`);
    }
  }
  return [...found];
}

test("names in the code are those of the glossary", () => {
  const found = typescript()
    .filter((path) => !isTest(path))
    .flatMap((path) => bannedNames(parse(path)));
  assert.deepEqual(found, [], report("one word per idea", found));
});

test("tables and columns are named by the glossary", () => {
  const found = filesBelow("server/migrations").flatMap((path) =>
    wordsOf(read(path).replace(/--.*$/gm, ""))
      .filter((word) => BANNED.has(word))
      .map((word) => `${path} ${word}: say ${BANNED.get(word)}`),
  );
  assert.deepEqual(found, [], report("one word per idea", found));
});

const CATALOGUES = filesBelow("console/src").filter((path) => /(?:^|[/.-])en(?:[/.-].*)?\.(?:json|ts)$/.test(path));

test("the screens speak the glossary's words", { skip: CATALOGUES.length === 0 && "no catalogue of texts yet" }, () => {
  const found = CATALOGUES.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) => {
        const text = /:\s*(["'`])(.*)\1/.exec(line)?.[2] ?? "";
        return wordsOf(text)
          .filter((word) => BANNED_ON_SCREEN.has(word))
          .map((word) => `${path}:${index + 1} ${word}: say ${BANNED_ON_SCREEN.get(word)}`);
      }),
  );
  assert.deepEqual(found, [], report("one word per idea", found));
});

test("every word that the glossary bans here is banned there", () => {
  assert.ok(existsSync(join(root, "GLOSSARY.md")));
  const glossary = read("GLOSSARY.md").toLowerCase();
  const unsaid = [...BANNED_ON_SCREEN.keys()].filter(
    (word) => !glossary.includes(word.replace("ratecard", "rate card")),
  );
  assert.deepEqual(unsaid, [], report("GLOSSARY.md says which word is used instead", unsaid));
});

test("the rule sees a banned word inside a longer name", () => {
  const source = parse(
    "sample.ts",
    "const merchantId = 1; function publishersOf() {} let payoutRate; let replayed; let published;",
  );
  assert.equal(bannedNames(source).length, 3);
});
