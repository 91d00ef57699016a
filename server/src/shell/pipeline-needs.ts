import { randomBytes } from "node:crypto";
import type { PipelineNeeds } from "../pipeline/index.ts";
import { mailer } from "./mail.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** What the pipeline is given: where its forms stand, its key, mail, and the vault for passwords of mailboxes. */
export function pipelineNeeds(program: Program): PipelineNeeds {
  return {
    publicUrl: program.configuration.publicUrl,
    formKey: program.key("application forms"),
    randomBytes,
    sendMail: mailer(program),
    vault: vaultFor(program),
  };
}
