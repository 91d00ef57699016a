import { writeFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import { makeFolder } from "./data-folder.ts";
import type { Program } from "./program.ts";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** with its brackets, where answers are to be found again */
  readonly messageId?: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: Buffer;
    readonly contentType: string;
  }[];
};

/**
 * Sends a mail over SMTP_URL and resolves with true. Without one the mail is kept as a file in the data folder's `mail/`, so that nothing
 * written to anybody is lost, and false says that somebody has to pass it on. A server that refuses it counts as false, too.
 */
export function mailer(program: Program): (mail: Mail) => Promise<boolean> {
  const { smtpUrl, mailFrom } = program.configuration;
  const transport = smtpUrl
    ? createTransport(smtpUrl)
    : createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return async (mail) => {
    try {
      const { attachments = [], ...letter } = mail;
      const sent = await transport.sendMail({ from: mailFrom, ...letter, attachments: [...attachments] });
      if (smtpUrl) return true;
      keep(program, (sent as unknown as { message: Buffer }).message);
    } catch (error) {
      program.log.error({ err: error, to: mail.to, subject: mail.subject }, "a mail could not be sent");
    }
    return false;
  };
}

function keep(program: Program, message: Buffer): void {
  const folder = program.folder.inside("mail");
  makeFolder(folder);
  const name = `${program.clock.now().toISOString().replaceAll(":", "-")}-${message.length}.eml`;
  writeFileSync(`${folder}/${name}`, message, { mode: 0o600 });
}
