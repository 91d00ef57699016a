import { readFileSync } from "node:fs";
import { Command } from "commander";
import { repeatedKey } from "../../kernel/repeated-keys.ts";
import { print, withJson } from "../cli.ts";

interface Options {
  key?: string[];
  json?: boolean;
}

/** `tributary verify-statement`: asks nobody. Ends with 0 when everything holds, 1 when something does not, 2 when the file is no signed statement. */
export function verifyStatementCommand(): Command {
  const about = "prove a signed statement: signature, every line, every sum; asks nobody, needs no server";
  return withJson(new Command("verify-statement").description(about))
    .argument("<file>", "the signed statement (JSON); - for standard input")
    .option(
      "--key <key...>",
      "the operator's public key (base64url), or a file of keys as /.well-known/tributary-statement-keys.json gives it",
    )
    .action(async (file: string, options: Options) => {
      try {
        await prove(file, options);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 2;
      }
    });
}

/** The file, or a key, is not what it should be: nothing was proved either way. */
class Unreadable extends Error {}

async function prove(file: string, options: Options): Promise<void> {
  const { parseSigned, verifySigned, whyNotSigned } = await import("../../statements/index.ts");
  const value = parsed(file, textOf(file));
  const signed = shallow(file, () => parseSigned(value));
  if (signed === undefined) throw new Unreadable(`${file} is no signed statement (${whyNotSigned(value)}).`);
  const keys = (options.key ?? []).flatMap(keysOf);
  const checks = shallow(file, () => verifySigned(signed, keys));
  const holds = checks.every((check) => check.holds);
  const { statement, header, partnerName } = signed;
  const about = {
    id: statement.statementId,
    partner: partnerName,
    month: statement.month,
    currency: statement.currency,
  };
  const result = {
    holds,
    statement: about,
    keyId: header.keyId,
    publicKey: header.publicKey,
    trusted: options.key !== undefined,
    checks,
  };
  print(options, result, () => [
    `Statement ${about.id}: ${about.partner}, ${about.month}, ${about.currency}, issued by ${header.issuer || "–"} at ${header.issuedAt}`,
    ...checks.map((check) => `${check.holds ? "holds " : "BROKEN"}  ${check.name.padEnd(11)} ${check.sentence}`),
    holds ? "Everything holds." : "Something does not hold: see above.",
  ]);
  if (!holds) process.exitCode = 1;
}

function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw new Unreadable(`${file} cannot be read (${(error as Error).message}).`);
  }
}

function parsed(file: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    throw new Unreadable(`${file} is no JSON (${(error as Error).message}).`);
  }
  const name = repeatedKey(text);
  if (name === undefined) return value;
  throw new Unreadable(
    `${file} says ${JSON.stringify(name)} twice in one place: programs would not agree on what it says.`,
  );
}

/** No statement is nested so deeply that the stack ends. */
function shallow<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable(`${file} is nested too deeply for a signed statement.`);
    throw error;
  }
}

/** A key as it stands, or the keys of a file. */
function keysOf(given: string): string[] {
  if (/^[A-Za-z0-9_-]{43}$/.test(given)) return [given];
  const file = parsed(given, textOf(given)) as { readonly keys?: unknown } | null;
  const keys: readonly unknown[] = Array.isArray(file?.keys) ? file.keys : [];
  const found = keys.flatMap((key) => {
    const x = (key as { readonly x?: unknown } | null)?.x;
    return typeof x === "string" ? [x] : [];
  });
  if (found.length === 0) throw new Unreadable(`${given} is no public key and holds none.`);
  return found;
}
