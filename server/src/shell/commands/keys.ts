import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import type { ClickKeyFacts } from "../../tracking/index.ts";
import { newCommand, newGroup, onProgram, print, withJson } from "../cli.ts";

type Options = { data?: string; json?: boolean };

export function keysCommand(): Command {
  return newGroup("keys", "the keys that click IDs are signed with", [rotateCommand(), listCommand()]);
}

function rotateCommand(): Command {
  return withJson(
    newCommand("rotate", "sign click IDs with a new key from a minute on; the IDs that are out there stay valid"),
  ).action(async (options: Options) => {
    const made = await onProgram("keys", options, async (program) => {
      const [{ systemActor }, { rotateClickKey }, { vaultFor }] = await Promise.all([
        import("../../access/index.ts"),
        import("../../tracking/index.ts"),
        import("../tracking-parts.ts"),
      ]);
      return await rotateClickKey(program.ctx, systemActor("command line"), { vault: vaultFor(program), randomBytes });
    });
    print(options, made, (key) => [`Key ${key.number} signs click IDs from ${key.beginsAt?.toISOString()} on.`]);
  });
}

function listCommand(): Command {
  return withJson(newCommand("list", "list the keys with their times, never the keys themselves")).action(
    async (options: Options) => {
      const keys = await onProgram("keys", options, async (program) => {
        const { listClickKeys } = await import("../../tracking/index.ts");
        return await listClickKeys(program.ctx.db);
      });
      print(options, keys, (all) => all.map(lineOf));
    },
  );
}

function lineOf(key: ClickKeyFacts): string {
  return `${String(key.number).padStart(4)}  signs from ${key.beginsAt?.toISOString() ?? "the beginning"}`;
}
