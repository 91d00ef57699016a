import { randomBytes } from "node:crypto";
import type { RoleInScope } from "@tributary/contract";
import { type Command, Option } from "commander";
import { newCommand, newGroup, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";

type Options = { data?: string; json?: boolean; name?: string; role?: string };
type Link = { readonly email: string; readonly link: string; readonly expiresAt: Date };

export function userCommand(): Command {
  return newGroup("user", "let somebody in: an invitation, a new password", [inviteCommand(), resetCommand()]);
}

function inviteCommand(): Command {
  return withJson(newCommand("invite", "make a link under which somebody sets a password and has a role everywhere"))
    .argument("<email>")
    .option("--name <name>", "the person's name", "")
    .addOption(new Option("--role <role>", "the role in the whole house").default("administrator"))
    .action(async (email: string, options: Options) => {
      const result = await onProgram("user", options, (program) => invitation(program, email, options));
      printLink(options, result);
    });
}

async function invitation(program: Program, email: string, options: Options): Promise<Link> {
  const { invite, systemActor, tokenSource } = await import("../../access/index.ts");
  const grants = [{ role: options.role, scopeKind: "everything", scopeId: null } as RoleInScope];
  const invitation = { email, name: options.name ?? "", partnerId: null, grants };
  const made = await invite(program.ctx, systemActor("command line"), invitation, null, tokenSource(randomBytes));
  return { email, link: linkOf(program, made.token), expiresAt: made.expiresAt };
}

function resetCommand(): Command {
  return withJson(newCommand("reset", "make a link under which somebody sets a new password"))
    .argument("<email>")
    .action(async (email: string, options: Options) => {
      const result = await onProgram("user", options, async (program) => {
        const { createResetTokenFor, systemActor, tokenSource } = await import("../../access/index.ts");
        const actor = systemActor("command line");
        const made = await createResetTokenFor(program.ctx, actor, email, tokenSource(randomBytes));
        return { email, link: linkOf(program, made.token), expiresAt: made.expiresAt };
      });
      printLink(options, result);
    });
}

function linkOf(program: Program, token: string): string {
  return `${program.configuration.publicUrl}/welcome?token=${token}`;
}

function printLink(options: Options, result: Link): void {
  print(options, result, ({ email, link, expiresAt }) => [
    `For ${email}, once, until ${expiresAt.toISOString()}:`,
    `  ${link}`,
  ]);
}
