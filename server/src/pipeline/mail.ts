import type { Mailbox, MessageAnswer, WaitingMessage } from "@tributary/contract";
import { MailboxChange, NewLead, NewMailbox } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { partnersAlike } from "../partners/index.ts";
import type { PipelineNeeds } from "./contracts.ts";
import { emailKey } from "./keys.ts";
import { type ReadMessage, readMessage } from "./message.ts";
import { aboutMessages, insertActivity } from "./store/activities.ts";
import * as leads from "./store/leads.ts";
import * as store from "./store/mail.ts";
import { takeLeads } from "./take.ts";

const READER = systemActor("mail");

/** What is known of the mailbox a message came by. */
export interface MailSource {
  /** Addresses of the operator: what they send goes out. */
  readonly own: readonly string[];
  readonly programId: string | null;
  readonly makesLeads: boolean;
}

export interface TakenMessage {
  readonly id: string;
  readonly state: "known" | "matched" | "lead" | "waiting";
  readonly leadIds: readonly string[];
  readonly partnerIds: readonly string[];
}

/** Takes one mail: to whom it belongs by its thread, else by its address, else it becomes a lead or waits. Taken again it changes nothing. */
export async function takeMessage(ctx: Context, raw: Uint8Array, source: MailSource): Promise<TakenMessage> {
  const message = await readMessage(raw);
  return await transact(ctx, (tx) => takeRead(tx, message, source));
}

export async function takeRead(tx: TxContext, message: ReadMessage, source: MailSource): Promise<TakenMessage> {
  const out = source.own.includes(message.from);
  const found = (await byThread(tx, message)) ?? (await byAddress(tx, out ? message.to : [message.from]));
  const stranger = found.leadIds.length + found.partnerIds.length === 0;
  const why = stranger ? reasonToWait(message, source, out) : null;
  const state = stranger ? (why === null ? "lead" : "waiting") : "matched";
  const fresh = await store.insertMessage(tx.db, {
    message_id: message.id,
    at: message.at ?? tx.clock.now(),
    sender: message.from,
    sender_name: message.fromName,
    recipients: [...message.to],
    subject: message.subject,
    body: message.text,
    thread: [...message.thread],
    state,
    why: why ?? "",
    taken_at: tx.clock.now(),
  });
  if (!fresh) return { id: message.id, state: "known", leadIds: [], partnerIds: [] };
  if (state === "lead") return await leadOf(tx, message, source.programId);
  await log(tx, message, out ? "out" : "in", found);
  return { id: message.id, state, ...found };
}

interface About {
  readonly leadIds: readonly string[];
  readonly partnerIds: readonly string[];
}

/** Whom the messages were about that this one answers. */
async function byThread(tx: TxContext, message: ReadMessage): Promise<About | undefined> {
  const before = await aboutMessages(tx.db, message.thread);
  if (before.length === 0) return undefined;
  return {
    leadIds: [...new Set(before.flatMap((row) => row.lead_id ?? []))],
    partnerIds: [...new Set(before.flatMap((row) => (row.lead_id === null ? (row.partner_id ?? []) : [])))],
  };
}

/** Whose addresses these are: open leads first, then partners and their contacts, then leads that ended. */
async function byAddress(tx: TxContext, addresses: readonly string[]): Promise<About> {
  const keys = [...new Set(addresses.flatMap((one) => emailKey(one) ?? []))].slice(0, 50);
  const found = await leads.leadsWithEmail(tx.db, keys);
  const open = found.filter((row) => row.status === "open");
  if (open.length > 0) return { leadIds: open.slice(0, 5).map((row) => row.lead_id), partnerIds: [] };
  const partners = (await partnersAlike(tx.db, keys)).filter((one) =>
    [one.email, ...one.contacts.map((contact) => contact.email)].some((email) => keys.includes(emailKey(email) ?? "")),
  );
  if (partners.length > 0) return { leadIds: [], partnerIds: partners.slice(0, 5).map((one) => one.partnerId) };
  return { leadIds: found.slice(0, 1).map((row) => row.lead_id), partnerIds: [] };
}

function reasonToWait(message: ReadMessage, source: MailSource, out: boolean): string | null {
  if (out) return "outgoing";
  if (message.from === "") return "no_sender";
  if (message.automatic !== null) return message.automatic;
  return source.makesLeads ? null : "no_leads_here";
}

async function log(tx: TxContext, message: ReadMessage, direction: "in" | "out", about: About): Promise<void> {
  const rows = await leads.leadRows(tx.db, about.leadIds);
  const places = [
    ...rows.map((row) => ({ lead_id: row.lead_id, partner_id: row.partner_id })),
    ...about.partnerIds.map((partnerId) => ({ lead_id: null, partner_id: partnerId })),
  ];
  for (const place of places)
    await insertActivity(tx.db, {
      ...place,
      activity_id: tx.ids.next("acv"),
      kind: "mail",
      direction,
      subject: message.subject,
      body: message.text,
      people: direction === "in" ? [message.from] : [...message.to].slice(0, 50),
      at: message.at ?? tx.clock.now(),
      message_id: message.id,
      thread: [...message.thread],
      by_id: READER.id,
      by_name: message.fromName === "" ? message.from : message.fromName,
      created_at: tx.clock.now(),
    });
}

async function leadOf(tx: TxContext, message: ReadMessage, programId: string | null): Promise<TakenMessage> {
  const name = (message.fromName === "" ? message.from : message.fromName).slice(0, 120);
  const lead = NewLead.parse({
    name,
    contactName: message.fromName.slice(0, 120),
    email: message.from,
    programId,
    source: "mail",
    note: message.subject,
  });
  const [taken] = await takeLeads(tx, READER, [lead], { channel: "mail" });
  if (taken === undefined || "refused" in taken) throw taken?.refused ?? new Error("Nothing was taken");
  const about = { leadIds: [taken.id], partnerIds: [] };
  await log(tx, message, "in", about);
  return { id: message.id, state: "lead", ...about };
}

function mailboxWire(row: store.MailboxRow): Mailbox {
  return {
    id: String(row.mailbox_id),
    name: row.name,
    host: row.host,
    port: row.port,
    secure: row.secure,
    userName: row.user_name,
    folder: row.folder,
    programId: row.program_id,
    makesLeads: row.makes_leads,
    active: row.active,
    lookedAt: row.looked_at?.toISOString() ?? null,
    problem: row.problem,
    revision: row.revision,
  };
}

export async function listMailboxes(ctx: Context): Promise<Mailbox[]> {
  return (await store.mailboxRows(ctx.db)).map(mailboxWire);
}

export async function addMailbox(
  ctx: Context,
  actor: Actor,
  given: z.input<typeof NewMailbox>,
  needs: PipelineNeeds,
): Promise<Mailbox> {
  requirePermission(actor, "pipeline.approve", {});
  const { password, ...input } = NewMailbox.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await store.insertMailbox(tx.db, {
      name: input.name,
      host: input.host,
      port: input.port,
      secure: input.secure,
      user_name: input.userName,
      password: needs.vault.close(password),
      folder: input.folder,
      program_id: input.programId,
      makes_leads: input.makesLeads,
      active: input.active,
    });
    const subject = { subjectKind: "mailbox", subjectId: String(row.mailbox_id) };
    await audit.record(tx, actor, { action: "pipeline.mailbox_added", ...subject, after: input });
    return mailboxWire(row);
  });
}

/** Changes a mailbox. Another server, account or folder is read from its newest message on. */
export async function changeMailbox(
  ctx: Context,
  actor: Actor,
  id: string,
  given: z.input<typeof MailboxChange>,
  needs: PipelineNeeds,
): Promise<Mailbox> {
  requirePermission(actor, "pipeline.approve", {});
  const change = MailboxChange.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await store.mailboxRow(tx.db, id);
    if (row === undefined) throw notFound("mailbox", id);
    const other = [change.host, change.userName, change.folder].some((one) => one !== undefined);
    const done = await store.updateMailbox(
      tx.db,
      row.mailbox_id,
      {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.host === undefined ? {} : { host: change.host }),
        ...(change.port === undefined ? {} : { port: change.port }),
        ...(change.secure === undefined ? {} : { secure: change.secure }),
        ...(change.userName === undefined ? {} : { user_name: change.userName }),
        ...(change.password === undefined ? {} : { password: needs.vault.close(change.password) }),
        ...(change.folder === undefined ? {} : { folder: change.folder }),
        ...(change.programId === undefined ? {} : { program_id: change.programId }),
        ...(change.makesLeads === undefined ? {} : { makes_leads: change.makesLeads }),
        ...(change.active === undefined ? {} : { active: change.active }),
        ...(other ? { uid_validity: null, last_uid: 0n } : {}),
        problem: "",
      },
      change.revision,
    );
    if (!done) throw changedMeanwhile("mailbox", change.revision);
    const { password: _secret, ...told } = change;
    await audit.record(tx, actor, {
      action: "pipeline.mailbox_changed",
      subjectKind: "mailbox",
      subjectId: id,
      after: told,
    });
    const saved = await store.mailboxRow(tx.db, id);
    if (saved === undefined) throw notFound("mailbox", id);
    return mailboxWire(saved);
  });
}

export async function waitingMessages(ctx: Context, actor: Actor, page: PageRequest): Promise<Page<WaitingMessage>> {
  requirePermission(actor, "pipeline.read", {});
  const found = await store.waitingPage(ctx.db, page);
  return {
    nextCursor: found.nextCursor,
    rows: found.rows.map((row) => ({
      id: row.message_id,
      at: row.at.toISOString(),
      sender: row.sender,
      senderName: row.sender_name,
      subject: row.subject,
      body: row.body,
      why: row.why,
    })),
  };
}

/** What a person says of a mail that belonged to nobody. */
export async function answerMessage(ctx: Context, actor: Actor, answer: MessageAnswer): Promise<void> {
  requirePermission(actor, "pipeline.write", {});
  await transact(ctx, async (tx) => {
    const row = await store.messageRow(tx.db, answer.id);
    if (row === undefined) throw notFound("message", answer.id);
    if (row.state !== "waiting") throw new Refusal("wrong_state", "Somebody dealt with this mail already.");
    const message = messageOf(row);
    if (answer.decision === "lead") await leadOf(tx, message, null);
    if (answer.decision === "link") await link(tx, message, answer);
    const state = answer.decision === "leave" ? "left" : answer.decision === "lead" ? "lead" : "matched";
    await store.setMessageState(tx.db, answer.id, state);
    await audit.record(tx, actor, {
      action: "pipeline.message_answered",
      subjectKind: "message",
      subjectId: answer.id.slice(0, 100),
      after: answer,
    });
  });
}

async function link(tx: TxContext, message: ReadMessage, answer: MessageAnswer): Promise<void> {
  if ((answer.leadId === null) === (answer.partnerId === null))
    throw invalid("leadId", "", "or partnerId is needed", "Say which lead or which partner it belongs to.");
  const about = {
    leadIds: [answer.leadId].filter((one) => one !== null),
    partnerIds: [answer.partnerId].filter((one) => one !== null),
  };
  if (answer.leadId !== null && (await leads.leadRow(tx.db, answer.leadId)) === undefined)
    throw notFound("lead", answer.leadId);
  await log(tx, message, "in", about);
}

function messageOf(row: store.MessageRow): ReadMessage {
  return {
    id: row.message_id,
    at: row.at,
    from: row.sender,
    fromName: row.sender_name,
    to: row.recipients,
    subject: row.subject,
    text: row.body,
    thread: row.thread,
    automatic: null,
  };
}
