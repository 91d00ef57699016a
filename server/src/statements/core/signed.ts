import { createHash, createPublicKey, verify } from "node:crypto";
import type { StatementFigures } from "@tributary/contract";
import { z } from "zod";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { hashContent, LinesOfMonth, type StatementContent } from "./content.ts";
import { earnedInMonth } from "./figures.ts";

export const SIGNED_FORMAT = "tributary-statement/1";

export interface SignedHeader {
  readonly format: typeof SIGNED_FORMAT;
  readonly algorithm: "Ed25519";
  readonly keyId: string;
  /** base64url, 32 bytes: whether it is the operator's is for the reader to find out, not for the file to say */
  readonly publicKey: string;
  readonly issuer: string;
  readonly issuedAt: string;
}

/** A line version booked in the month. */
export interface SignedLine {
  readonly key: string;
  readonly version: number;
  readonly programId: string;
  readonly component: string;
  readonly month: string;
  readonly earnedOn: string;
  /** minor units: what the line comes to, and what this version changed of it */
  readonly amount: string;
  readonly difference: string;
  /** sha256 of the working */
  readonly workingHash: string;
}

export interface SignedAdjustment {
  readonly id: string;
  readonly kind: string;
  readonly amount: string;
  readonly month: string;
  readonly reason: string;
}

export interface SignedBody {
  readonly header: SignedHeader;
  readonly partnerName: string;
  readonly closedAt: string;
  readonly contentHash: string;
  readonly statement: StatementContent;
  readonly adjustments: readonly SignedAdjustment[];
}

/** A statement that proves itself: body and lines, held together by the signature. */
export interface SignedStatement extends SignedBody {
  readonly lines: readonly SignedLine[];
  readonly proof: { readonly linesHash: string; readonly signature: string };
}

const Text = z.string();
const Figure = z.string().regex(/^-?\d+$/);
const FIGURES = [
  "openingPayable", "accrued", "released", "clawedBack", "adjusted", "settled", "returned", "closingPayable", "openingHeld", "held",
  "releasedFromHold", "reversed", "closingHeld",
] as const; // biome-ignore format: a table
const Figures = z.looseObject({
  ...(Object.fromEntries(FIGURES.map((name) => [name, Figure])) as Record<(typeof FIGURES)[number], typeof Figure>),
  otherMovements: z.record(Text, Figure).optional(),
});
const Shape = z.looseObject({
  header: z.looseObject({ format: Text, algorithm: Text, keyId: Text, publicKey: Text, issuer: Text, issuedAt: Text }),
  partnerName: Text,
  closedAt: Text,
  contentHash: Text,
  statement: z.looseObject({ figures: Figures, components: z.array(z.unknown()), lineCount: z.int(), linesHash: Text }),
  adjustments: z.array(z.looseObject({ id: Text, kind: Text, amount: Figure })),
  lines: z.array(
    z.looseObject({
      key: Text,
      version: z.int(),
      programId: Text,
      component: Text,
      difference: Figure,
      workingHash: Text,
    }),
  ),
  proof: z.looseObject({ linesHash: Text, signature: Text }),
});

const SIGNED = ["header", "partnerName", "closedAt", "contentHash", "statement", "adjustments", "lines", "proof"];
const PROOF = ["linesHash", "signature"];

/** A value that has the shape of a signed statement, whether or not it holds; undefined: it is something else. */
export function parseSigned(value: unknown): SignedStatement | undefined {
  const parsed = Shape.safeParse(value);
  return parsed.success ? (parsed.data as unknown as SignedStatement) : undefined;
}

/** What keeps a value from being a signed statement: `statement.figures.accrued: …`. */
export function whyNotSigned(value: unknown): string | undefined {
  const [issue] = Shape.safeParse(value).error?.issues ?? [];
  return issue === undefined ? undefined : `${issue.path.join(".") || "the document"}: ${issue.message}`;
}

/** The text that is signed: everything but the lines, for which their hash stands. */
export function signedText(body: SignedBody, linesHash: string): string {
  const { header, partnerName, closedAt, contentHash, statement, adjustments } = body;
  return canonicalJson({ header, partnerName, closedAt, contentHash, statement, adjustments, linesHash });
}

/** sha256, hex, over the canonical JSON of each line and a line feed, in their order. */
export class SignedLinesHash {
  readonly #hash = createHash("sha256");

  take(line: SignedLine): void {
    this.#hash.update(`${canonicalJson(line)}\n`);
  }

  hex(): string {
    return this.#hash.copy().digest("hex");
  }
}

export interface VerifyCheck {
  readonly name: "format" | "key" | "signature" | "lines" | "content" | "balance" | "components" | "adjustments";
  readonly holds: boolean;
  readonly sentence: string;
}

/** Which sums go with the figures: movements of the payable balance, and of the held one. */
const PAYABLE = ["accrued", "released", "clawedBack", "adjusted", "settled", "returned"] as const;
const HELD = ["held", "releasedFromHold", "reversed"] as const;
const ADJUSTING = new Set(["correction", "bonus"]);

/**
 * Everything that can be proved of a signed statement without asking anybody.
 * @param trusted the operator's public keys (base64url), as its address says; none: the file's own is taken, which proves that nothing was
 * changed since it was signed, not by whom
 */
export function verifySigned(signed: SignedStatement, trusted: readonly string[] = []): readonly VerifyCheck[] {
  const { header, statement, proof, lines } = signed;
  if (header?.format !== SIGNED_FORMAT || header.algorithm !== "Ed25519")
    return [check("format", false, `This is no ${SIGNED_FORMAT} signed with Ed25519.`)];
  const hash = new SignedLinesHash();
  const counted = new LinesOfMonth();
  for (const line of lines) {
    hash.take(line);
    const { key: lineKey, version, workingHash, programId, component } = line;
    counted.take({ lineKey, version, workingHash, programId, component, differenceMinor: BigInt(line.difference) });
  }
  const known = trusted.length === 0 || trusted.includes(header.publicKey);
  const signature = holdsSignature(header.publicKey, signedText(signed, proof.linesHash), proof.signature);
  const linesHold =
    hash.hex() === proof.linesHash &&
    counted.hash.hex() === statement.linesHash &&
    lines.length === statement.lineCount;
  return [
    ...unsignedCheck(signed),
    check("key", known, keyText(known, trusted.length > 0, header.keyId)),
    check(
      "signature",
      signature,
      signature
        ? "The signature is the key's, over exactly this."
        : "The signature does not belong to this content: something was changed, or another key signed it.",
    ),
    check(
      "lines",
      linesHold,
      linesHold
        ? `${lines.length} lines are those that were frozen.`
        : `The ${lines.length} lines are not those that were frozen (${statement.lineCount}).`,
    ),
    contentCheck(signed),
    balanceCheck(statement.figures),
    componentsCheck(statement, counted),
    adjustmentsCheck(signed),
  ];
}

/** Fields that the signature does not cover may say anything: a file that has any is not the one that was signed. */
function unsignedCheck(signed: SignedStatement): readonly VerifyCheck[] {
  const more = [
    ...Object.keys(signed).filter((name) => !SIGNED.includes(name)),
    ...Object.keys(signed.proof)
      .filter((name) => !PROOF.includes(name))
      .map((name) => `proof.${name}`),
  ];
  if (more.length === 0) return [];
  return [check("format", false, `The file holds what nobody signed: ${more.slice(0, 5).join(", ")}.`)];
}

function check(name: VerifyCheck["name"], holds: boolean, sentence: string): VerifyCheck {
  return { name, holds, sentence };
}

function keyText(known: boolean, given: boolean, keyId: string): string {
  if (!known) return `It was signed with the key ${keyId}, which is none of those given.`;
  return given
    ? `The key ${keyId} is one of those given.`
    : `The key ${keyId} is the file's own: compare it with the operator's address.`;
}

function holdsSignature(publicKey: string, text: string, signature: string): boolean {
  try {
    const bytes = Buffer.from(signature, "base64url");
    // Node's decoder passes over what is no letter of the alphabet: the text must be the one that was written.
    if (bytes.toString("base64url") !== signature) return false;
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

function contentCheck({ statement, contentHash }: SignedBody): VerifyCheck {
  const holds = hashContent(statement) === contentHash;
  return check(
    "content",
    holds,
    holds
      ? `The content has the hash ${contentHash.slice(0, 16)}… that was frozen.`
      : "The content does not have the hash that was frozen.",
  );
}

function balanceCheck(figures: StatementFigures): VerifyCheck {
  const sum = (names: readonly (keyof StatementFigures)[]) =>
    names.reduce((total, name) => total + BigInt((figures[name] as string | undefined) ?? "0"), 0n);
  const others = Object.values(figures.otherMovements ?? {}).reduce((total, minor) => total + BigInt(minor), 0n);
  const payable = sum(["openingPayable", ...PAYABLE]) + others - BigInt(figures.closingPayable);
  const held = sum(["openingHeld", ...HELD]) - BigInt(figures.closingHeld);
  const holds = payable === 0n && held === 0n;
  return check(
    "balance",
    holds,
    holds
      ? "Opening balances and movements come to the closing balances."
      : `Opening balances and movements miss the closing ones by ${payable} (payable) and ${held} (held).`,
  );
}

function componentsCheck(statement: StatementContent, counted: LinesOfMonth): VerifyCheck {
  const same = canonicalJson(counted.components()) === canonicalJson(statement.components);
  const expected = earnedInMonth(statement.figures) - BigInt(statement.figures.adjusted);
  const holds = same && counted.hash.sum === expected;
  return check(
    "components",
    holds,
    holds
      ? `The lines sum to ${expected}, in total and by component.`
      : `The lines sum to ${counted.hash.sum}, the statement says ${expected}.`,
  );
}

function adjustmentsCheck({ adjustments, statement }: SignedBody): VerifyCheck {
  const sum = adjustments
    .filter((one) => ADJUSTING.has(one.kind))
    .reduce((total, one) => total + BigInt(one.amount), 0n);
  const holds = sum === BigInt(statement.figures.adjusted);
  return check(
    "adjustments",
    holds,
    holds
      ? `${adjustments.length} adjustments are listed; corrections and bonuses sum to ${sum}.`
      : `Corrections and bonuses sum to ${sum}, the statement says ${statement.figures.adjusted}.`,
  );
}
