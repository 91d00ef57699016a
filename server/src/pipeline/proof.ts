import { createHash } from "node:crypto";
import type { Application, PublicForm } from "@tributary/contract";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/sha";

/** Hours a form can stay open in a browser before it has to be asked for again. */
const LIVES_HOURS = 12;
/** About 16,000 tries in the mean: under a second in a browser, and costly for whoever sends thousands. */
const PREFIX = "000";
const COST = 4;

type Challenge = PublicForm["challenge"];

/** A signed challenge with the time it was given: a token, a minimum time and a proof of work in one. */
export async function challengeFor(
  key: Buffer,
  form: { readonly address: string; readonly version: number },
  now: Date,
): Promise<Challenge> {
  const challenge = await createChallenge({
    algorithm: "SHA-256",
    cost: COST,
    keyPrefix: PREFIX,
    deriveKey,
    expiresAt: new Date(now.getTime() + LIVES_HOURS * 3_600_000),
    data: { form: form.address, version: form.version, given: now.getTime() },
    hmacSignatureSecret: key.toString("hex"),
  });
  return challenge as unknown as Challenge;
}

export type ProofState =
  | { readonly state: "holds"; readonly id: string; readonly until: Date; readonly seconds: number }
  | { readonly state: "expired" | "broken" };

/** Does the solution hold, for this form, and how long was the form open? */
export async function stateOfProof(
  key: Buffer,
  proof: Application["proof"],
  address: string,
  now: Date,
): Promise<ProofState> {
  const { parameters, signature } = proof.challenge;
  const until = new Date((parameters.expiresAt ?? 0) * 1000);
  const given = Number(parameters.data?.given ?? Number.NaN);
  if (parameters.data?.form !== address || Number.isNaN(given)) return { state: "broken" };
  // The library compares with the wall clock; the program's own clock decides here, so that time can be given in.
  if (until.getTime() <= now.getTime()) return { state: "expired" };
  const verdict = await verifySolution({
    challenge: proof.challenge as Parameters<typeof verifySolution>[0]["challenge"],
    solution: { ...proof.solution, time: 0 },
    deriveKey,
    hmacSignatureSecret: key.toString("hex"),
  });
  if (verdict.expired) return { state: "expired" };
  if (!verdict.verified) return { state: "broken" };
  const id = createHash("sha256").update(signature).digest("base64url");
  return { state: "holds", id, until, seconds: (now.getTime() - given) / 1000 };
}
