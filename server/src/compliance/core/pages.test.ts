import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SHIPPED_REGIMES } from "../shipped/regimes.ts";
import { SHIPPED_REVIEWS } from "../shipped/reviews.ts";
import { findClaims, signsOf } from "./claims.ts";
import { domainOf, isInFile, isInPage, isInRecords, proves } from "./domains.ts";
import { pageText } from "./page-text.ts";
import { checkRegimes, speaksOfPlace } from "./regimes.ts";

const claims = (text: string) =>
  findClaims(SHIPPED_REVIEWS, text).map(({ claim, found, negated }) => `${claim}: ${found}${negated ? " (no)" : ""}`);

describe("claims in a text", () => {
  const table: readonly [string, string, readonly string[]][] = [
    ["plain", "Guaranteed profits for everybody", ["guaranteed: Guaranteed profits"]],
    [
      "over a line break and with other hyphens",
      "100% risk‑free\n  trading",
      ["risk_free: risk‑free".replace("‑", "-")],
    ],
    ["with a curly quote", "You can’t lose here", ["guaranteed: can't lose"]],
    [
      "Spanish",
      "Gana dinero sin riesgo, ¡ganancias garantizadas!",
      ["risk_free: sin riesgo", "guaranteed: ganancias garantizadas"],
    ],
    ["German with an ending", "Risikofreies Trading", ["risk_free: Risikofreies"]],
    ["no part of a word", "The norisk company and risk-freedom", []],
    ["that it is not so", "Trading is never risk-free.", ["risk_free: risk-free (no)"]],
    ["a no in the sentence before", "We say no. Risk-free profits!", ["risk_free: Risk-free"]],
    ["a word in between", "Only 5 minutes left", ["pressure: Only 5 minutes left"]],
    ["nothing of the kind", "Compare brokers by their fees. Capital is at risk.", []],
  ];
  for (const [what, text, expected] of table) it(what, () => assert.deepEqual(claims(text), expected));
  it("shows the words around", () => {
    const [finding] = findClaims(SHIPPED_REVIEWS, "Here you get guaranteed income every month");
    assert.deepEqual([finding?.before, finding?.after], ["Here you get ", " every month"]);
  });
  it("finds what of the checklist a page says by itself", () => {
    const signs = signsOf(SHIPPED_REVIEWS, "18+ | Gamble responsibly | T&Cs apply | Imprint");
    assert.deepEqual(signs, {
      age: true,
      risk_warning: false,
      safer_gambling: true,
      advertising: false,
      imprint: true,
      terms_near: true,
    });
  });
});

describe("the words of a page", () => {
  it("are those that a visitor reads, with titles and texts of pictures", () => {
    const html = `<html><head><title>Best &amp; safest</title><meta name="description" content="No loss!"><style>p{}</style>
      <script>var x = "guaranteed profit"</script></head><body><!-- risk-free --><p>Hello<br>you</p><img alt="Sure wins" src=x></body></html>`;
    assert.equal(pageText(html), "Best & safest\nHello\nyou\nNo loss!\nSure wins");
  });
  it("of a page that was cut are those up to the cut", () =>
    assert.equal(pageText("<p>one</p><script>var a = 1"), "one"));
});

describe("proof of a domain", () => {
  const token = "a".repeat(40);
  const table: readonly [string, boolean, boolean][] = [
    ["record", isInRecords([["v=spf1 -all"], ["tributary-verification=", token]], token), true],
    ["another record", isInRecords([[`tributary-verification=${"b".repeat(40)}`]], token), false],
    ["part of a record", isInRecords([[`x tributary-verification=${token}`]], token), false],
    ["file", isInFile(`${token}\n`, token), true],
    ["a page that repeats the token", isInFile(`<p>not found: ${token}</p>`, token), false],
    ["tag", isInPage(`<head><meta content='${token}' name="Tributary-Verification"></head>`, token), true],
    [
      "tag in the body",
      isInPage(`<head></head><body><meta name="tributary-verification" content="${token}">`, token),
      false,
    ],
    [
      "tag in a comment",
      isInPage(`<head><!-- <meta name="tributary-verification" content="${token}"> --></head>`, token),
      false,
    ],
    [
      "tag in a script",
      isInPage(`<head><script>'<meta name="tributary-verification" content="${token}">'</script></head>`, token),
      false,
    ],
    ["a domain proves what is below it", proves("example.com", "blog.example.com"), true],
    ["and not its neighbor", proves("example.com", "notexample.com"), false],
  ];
  for (const [what, found, expected] of table) it(what, () => assert.equal(found, expected));
  it("takes a domain however it is written", () => {
    assert.deepEqual(
      [
        "Example.com",
        "https://www.example.com/x?y",
        "10.0.0.1",
        "localhost",
        "a_b.com",
        "user@example.com:80",
        "bücher.de",
      ].map(domainOf),
      ["example.com", "example.com", undefined, undefined, undefined, undefined, "xn--bcher-kva.de"],
    );
  });
});

describe("regimes", () => {
  const regime = (code: string) =>
    SHIPPED_REGIMES.regimes.find((one) => one.code === code) as (typeof SHIPPED_REGIMES.regimes)[number];
  const check = (code: string, text: string | null, figures: Record<string, string> = { loss: "74.5" }) =>
    checkRegimes([{ regime: regime(code), figures }], SHIPPED_REVIEWS, "en", text);
  const warning = check("eu-esma", null).regimes[0]?.warnings[0]?.text ?? "";
  const table: readonly [string, ReturnType<typeof check>, RegExp | null][] = [
    ["the warning is there", check("eu-esma", `Trade with us. ${warning.toUpperCase().replaceAll(" ", "\n")}`), null],
    ["with another figure", check("eu-esma", warning.replace("74.5", "71.5")), /risk warning is missing/],
    [
      "in German, with a decimal comma",
      check("eu-esma", (regime("eu-esma").warnings[0]?.text.de ?? "").replace("{loss}", "74,5")),
      null,
    ],
    ["not there", check("eu-esma", "Trade with us"), /risk warning is missing/],
    ["nobody gave the figure", check("eu-esma", "x", {}), /needs a figure that nobody gave \(loss\)/],
    [
      "a forbidden claim",
      check("eu-esma", `${warning} Guaranteed profits!`),
      /“Guaranteed profits” is a forbidden claim/,
    ],
    ["a mark is missing", check("uk-ukgc", "18+ #ad"), /safer gambling is missing/],
    ["all marks are there", check("uk-ukgc", "18+ #ad BeGambleAware"), null],
  ];
  for (const [what, { passes, sentences }, expected] of table)
    it(what, () => {
      assert.equal(passes, expected === null, JSON.stringify(sentences));
      if (expected !== null)
        assert.ok(
          sentences.some(({ en }) => expected.test(en)),
          JSON.stringify(sentences),
        );
    });
  it("fills in the figure", () => assert.match(warning, /74\.5% of retail investor accounts lose money/));
  it("speaks of countries, states and the EEA", () => {
    const speaks = (code: string, place: string) => speaksOfPlace(regime(code), [place]);
    assert.deepEqual(
      [
        speaks("eu-esma", "DE"),
        speaks("eu-esma", "GB"),
        speaks("us-nj-dge", "US-NJ"),
        speaks("us-nj-dge", "US"),
        speaks("uk-fca", "GB"),
      ],
      [true, false, true, false, true],
    );
  });
});
