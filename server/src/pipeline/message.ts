import { createHash } from "node:crypto";
import PostalMime, { type Address, type Email } from "postal-mime";

/** A mail as far as the pipeline reads it. Addresses in lower case, message ids without brackets. */
export interface ReadMessage {
  readonly id: string;
  readonly at: Date | null;
  readonly from: string;
  readonly fromName: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Messages that it answers, the nearest last. */
  readonly thread: readonly string[];
  /** Why it was not written by a person, or null. */
  readonly automatic: string | null;
}

const MOST_TEXT = 20_000;

/** Reads a mail (RFC 5322). One without a message id gets one from its content, so that it is taken once as well. */
export async function readMessage(raw: Uint8Array): Promise<ReadMessage> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: "base64" });
  const [from] = mailboxes(mail.from === undefined ? [] : [mail.from]);
  const to = [...(mail.to ?? []), ...(mail.cc ?? []), ...(mail.bcc ?? [])];
  const at = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  return {
    id: bareId(mail.messageId ?? "") || `${createHash("sha256").update(raw).digest("hex")}@content`,
    at: Number.isNaN(at) ? null : new Date(at),
    from: from?.address ?? "",
    fromName: from?.name ?? "",
    to: mailboxes(to).map((one) => one.address),
    subject: (mail.subject ?? "").slice(0, 300),
    text: textOf(mail),
    thread: [...idsIn(mail.references ?? ""), ...idsIn(mail.inReplyTo ?? "")],
    automatic: automaticBecause(mail, from?.address ?? ""),
  };
}

function mailboxes(addresses: readonly Address[]): { address: string; name: string }[] {
  return addresses
    .flatMap((one) => (one.group === undefined ? [one] : one.group))
    .flatMap((one) => (one.address ? [{ address: one.address.trim().toLowerCase(), name: one.name.trim() }] : []));
}

function bareId(text: string): string {
  return text.trim().replace(/^<|>$/g, "").slice(0, 900);
}

function idsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/<([^<>\s]{3,900})>/g)].map((found) => found[1] ?? ""))].slice(-30);
}

function textOf(mail: Email): string {
  const text =
    mail.text?.trim() ||
    (mail.html ?? "").replace(/<(?:style|script)[\s\S]*?<\/(?:style|script)>/gi, "").replace(/<[^>]+>/g, " ");
  return text
    .replace(/\0/g, "")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
    .slice(0, MOST_TEXT);
}

/** Machines say so (RFC 3834), lists do, and addresses that nobody reads. */
function automaticBecause(mail: Email, from: string): string | null {
  const header = (name: string) => mail.headers.find((one) => one.key === name)?.value.toLowerCase();
  const submitted = header("auto-submitted");
  if (submitted !== undefined && submitted !== "no") return "auto-submitted";
  if (header("list-id") !== undefined || header("list-unsubscribe") !== undefined) return "list";
  if (/^(?:bulk|list|junk|auto_reply)$/.test(header("precedence") ?? "")) return "bulk";
  if (mail.returnPath?.trim() === "<>" || /^(?:mailer-daemon|postmaster)@/.test(from)) return "bounce";
  return /^(?:no-?reply|do-?not-?reply|bounces?)[@+.-]/.test(from) ? "no-reply" : null;
}
