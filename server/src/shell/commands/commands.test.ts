import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Command } from "commander";
import { runTributary, temporaryFolder } from "../../../test/harness/index.ts";
import { commands } from "./index.ts";

/** Every command that can be called, as the words one types. */
function callable(command: Command, before: readonly string[] = []): { words: readonly string[]; command: Command }[] {
  const words = [...before, command.name()];
  if (command.commands.length === 0) return [{ words, command }];
  return command.commands.flatMap((member) => callable(member, words));
}

const all = commands.flatMap((make) => callable(make()));
const WITHOUT_DATA = new Set([
  "evaluate",
  "parse-statement",
  "payment-file",
  "read-payment-file",
  "screen",
  "verify-statement",
]);

describe("the command line", () => {
  const folder = temporaryFolder();
  const run = (...args: string[]) => runTributary(args, { dataDirectory: folder });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("says what it is, and refuses what it does not know", async () => {
    const help = await runTributary(["--help"]);
    assert.equal(help.code, 0);
    for (const { words } of all) assert.match(help.stdout, new RegExp(`^  ${words[0]} `, "m"));
    const unknown = await runTributary(["frobnicate"]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /unknown command 'frobnicate'/);
  });

  for (const { words, command } of all) {
    it(`${words.join(" ")} explains itself, and takes --data when it needs the program`, () => {
      const help = command.helpInformation();
      assert.match(help, /--help/);
      // These compute from files alone, without a data folder.
      if (WITHOUT_DATA.has(words[0] ?? "")) assert.doesNotMatch(help, /--data/);
      else assert.match(help, /--data <folder>/);
      assert.ok(command.description().length > 10, "a description");
    });
  }

  it("invites somebody under a link, and lets a person set a new password", async () => {
    const invited = await run("user", "invite", "eva@example.com", "--name", "Eva", "--json");
    assert.equal(invited.code, 0, invited.stderr);
    const { email, link } = JSON.parse(invited.stdout) as { email: string; link: string };
    assert.equal(email, "eva@example.com");
    assert.match(link, /^http:\/\/localhost:3000\/welcome\?token=[0-9a-z]{52}$/);
    const reset = await run("user", "reset", "nobody@example.com");
    assert.equal(reset.code, 1);
    assert.match(reset.stderr, /^There is no user nobody@example\.com.*\n$/);
  });

  it("changes the key of click ids", async () => {
    const rotated = await run("keys", "rotate", "--json");
    assert.equal(rotated.code, 0, rotated.stderr);
    assert.equal(JSON.parse(rotated.stdout).number, 1);
    const listed = JSON.parse((await run("keys", "list", "--json")).stdout) as { number: number }[];
    assert.deepEqual(
      listed.map((key) => key.number),
      [1, 0],
    );
  });

  it("loads the European Central Bank's rates, and again without any change", async () => {
    const file = join(folder, "rates.csv");
    writeFileSync(file, "Date,USD,JPY,\n2026-01-05,1.1012,171.20,\n2026-01-02,1.0995,N/A,\n");
    const first = JSON.parse((await run("import", "rates", file, "--json")).stdout);
    assert.deepEqual([first.rates, first.days, first.newDays], [3, 2, 2]);
    const second = JSON.parse((await run("import", "rates", file, "--json")).stdout);
    assert.deepEqual([second.rates, second.days, second.newDays], [3, 2, 0]);
    const missing = await run("import", "rates", join(folder, "none.csv"));
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /^The file .*none\.csv cannot be read/);
  });

  it("proves an untouched database, and finds what was changed behind its back", async () => {
    const whole = await run("verify", "--json");
    assert.equal(whole.code, 0, whole.stderr);
    assert.equal(JSON.parse(whole.stdout).whole, true);
    await forgeAudit(folder);
    const broken = await run("verify", "--json");
    assert.equal(broken.code, 1);
    const result = JSON.parse(broken.stdout) as { whole: boolean; checks: { name: string; whole: boolean }[] };
    assert.equal(result.whole, false);
    assert.deepEqual(
      result.checks.filter((check) => !check.whole).map((check) => check.name),
      ["audit trail"],
    );
  });
});

/** Somebody with all rights in the database switches the guard off and rewrites history. */
async function forgeAudit(dataDirectory: string): Promise<void> {
  const { readConfiguration } = await import("../configuration.ts");
  const { withProgram } = await import("../program.ts");
  await withProgram(readConfiguration({ LOG_LEVEL: "error" }, { dataDirectory }), "test", async ({ database }) => {
    await database.pool.query("alter table audit.entry disable trigger user");
    await database.pool.query("update audit.entry set actor_name = 'somebody else' where seq = 1");
    await database.pool.query("alter table audit.entry enable trigger user");
  });
}
