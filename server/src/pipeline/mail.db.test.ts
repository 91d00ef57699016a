import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { NewLead } from "@tributary/contract";
import hoodiecrow from "hoodiecrow-imap";
import { type TestDatabase, testClock, testDatabase } from "../../test/harness/index.ts";
import { createUser, systemActor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { idSource } from "../kernel/ids.ts";
import { createContact, createPartner } from "../partners/index.ts";
import { sealWith } from "../shell/http/seal.ts";
import { activitiesOf, addActivity } from "./activities.ts";
import { takeFile } from "./files.ts";
import { listLeads } from "./leads.ts";
import { addMailbox, listMailboxes, takeMessage } from "./mail.ts";
import { readMailboxes } from "./mailbox-reader.ts";
import { addSchedule, listSchedules, pipelineReport, sendReports } from "./report.ts";
import { takeLeads } from "./take.ts";

const system = systemActor("test");
const sent: { to: string; attachments?: readonly { filename: string; content: Buffer }[] }[] = [];
const needs = {
  publicUrl: "http://localhost:3000",
  formKey: randomBytes(32),
  randomBytes,
  vault: sealWith(randomBytes(32)),
  sendMail: async (mail: { to: string }) => sent.push(mail) > 0,
};
const SOURCE = { own: ["bd@operator.example"], programId: null, makesLeads: true };

let database: TestDatabase;
let ctx: Context;
const clock = testClock("2026-03-11T09:00:00Z");

before(async () => {
  database = await testDatabase();
  ctx = { db: database.db, clock, ids: idSource(() => clock.now(), randomBytes) };
});
after(() => database.close());

function mail(from: string, id: string, more: readonly string[] = [], text = "I want to work with you."): string {
  return [
    `From: ${from}`,
    "To: bd@operator.example",
    `Message-Id: <${id}>`,
    "Subject: Hello",
    "Date: Mon, 02 Mar 2026 10:00:00 +0000",
    ...more,
    "",
    text,
    "",
  ].join("\r\n");
}
const take = (raw: string) => takeMessage(ctx, Buffer.from(raw), SOURCE);

describe("mails", () => {
  it("of a stranger become a lead, once; the answer belongs to it by its thread, from another address too", async () => {
    const first = await take(mail("Sol <Sol@web.example>", "1@web.example"));
    assert.equal(first.state, "lead");
    assert.equal((await take(mail("Sol <Sol@web.example>", "1@web.example"))).state, "known");
    const answer = await take(mail("boss@elsewhere.example", "2@x", ["In-Reply-To: <1@web.example>"]));
    assert.deepEqual([answer.state, answer.leadIds], ["matched", first.leadIds]);
    const out = await take(mail("BD <bd@operator.example>", "3@x", ["References: <1@web.example> <2@x>"]));
    assert.equal(out.state, "matched");
    assert.equal((await activitiesOf(ctx, { leadId: first.leadIds[0] ?? "" })).length, 3);
  });

  it("belong to a partner by a contact's address; machines, lists and bounces wait", async () => {
    const partner = await createPartner(ctx, system, { code: "hub", name: "Hub", kind: "affiliate" });
    await createContact(ctx, system, partner.id, { name: "Ann", email: "ann@hub.example" });
    const known = await take(mail("Ann@HUB.example", "4@hub.example"));
    assert.deepEqual([known.state, known.partnerIds], ["matched", [partner.id]]);
    const machine = await take(mail("news@list.example", "5@list.example", ["List-Id: <all.list.example>"]));
    assert.equal(machine.state, "waiting");
    const empty = await take("Subject: =?utf-8?B?w4RwZmVs?=\r\n\r\n");
    assert.equal(empty.state, "waiting");
  });

  it("are read from a mailbox where they were left off, each once", async () => {
    const plugins = ["ID", "SASL-IR", "AUTH-PLAIN", "NAMESPACE", "ENABLE", "LITERALPLUS", "UNSELECT", "SPECIAL-USE"];
    const server = hoodiecrow({
      plugins,
      users: { "bd@operator.example": { password: "secret" } },
      storage: { INBOX: { messages: [{ raw: mail("Una <una@una.example>", "6@una.example") }] } },
    });
    await new Promise<void>((done) => server.listen(0, done));
    const { port } = server.server.address() as AddressInfo;
    const given = {
      name: "BD",
      host: "127.0.0.1",
      port,
      secure: false,
      userName: "bd@operator.example",
      password: "secret",
    };
    await addMailbox(ctx, system, given, needs);
    assert.equal(await readMailboxes(ctx, needs), 1);
    assert.equal(await readMailboxes(ctx, needs), 0);
    server.appendMessage("INBOX", [], undefined, mail("Dos <dos@dos.example>", "7@dos.example"));
    assert.equal(await readMailboxes(ctx, needs), 1);
    const { rows } = await listLeads(ctx, system, { limit: 10, q: "dos.example", sort: "-createdAt" });
    assert.deepEqual(
      rows.map((one) => [one.email, one.channel]),
      [["dos@dos.example", "mail"]],
    );
    await new Promise<void>((done) => server.close(done));
    assert.equal(await readMailboxes(ctx, needs), 0);
    assert.notEqual((await listMailboxes(ctx))[0]?.problem, "");
  });
});

describe("files with leads", () => {
  it("are looked at first, then taken; bad rows are told with their line, and taken again nothing is double", async () => {
    const csv =
      "Company;E-mail;Lead ID;País\r\nMar Azul;m@marazul.example;C-1;ES\r\nKaputt;not a mail;C-2;DE\r\n=cmd;x@y.example;C-3;MX\r\n";
    const file = { name: "leads.csv", content: Buffer.from(csv, "latin1").toString("base64"), mapping: {} };
    const looked = await takeFile(ctx, system, { ...file, run: false });
    assert.deepEqual(looked.mapping, { name: "Company", email: "E-mail", country: "País", externalRef: "Lead ID" });
    assert.deepEqual([looked.taken, looked.rejects.map((one) => [one.line, one.field])], [2, [[3, "email"]]]);
    assert.equal((await listLeads(ctx, system, { limit: 10, q: "marazul", sort: "name" })).rows.length, 0);
    assert.equal((await takeFile(ctx, system, { ...file, run: true })).taken, 2);
    const again = await takeFile(ctx, system, { ...file, run: true });
    assert.deepEqual([again.taken, again.known], [0, 2]);
  });
});

describe("the report", () => {
  it("is sent once for a week, to whoever has the job, and kept", async () => {
    const userId = await createUser(ctx, system, {
      email: "lead@operator.example",
      name: "Lead",
      password: "correct horse battery",
      partnerId: null,
      grants: [{ role: "key_account_manager", scopeKind: "everything", scopeId: null }],
    });
    await takeLeads(ctx, system, [NewLead.parse({ name: "Owned", ownerUserId: userId, expectedFtds: 10 })], {
      channel: "hand",
    });
    const report = await pipelineReport(ctx, {});
    assert.equal(report.byOwner.find((row) => row.key === userId)?.came, 1);
    await addSchedule(ctx, system, { cadence: "weekly", roles: ["key_account_manager"] });
    assert.deepEqual([await sendReports(ctx, needs), await sendReports(ctx, needs)], [1, 0]);
    assert.equal(sent.at(-1)?.to, "lead@operator.example");
    const bytes = sent.at(-1)?.attachments?.[0]?.content;
    assert.equal(bytes?.subarray(0, 2).toString(), "PK");
    assert.equal((await listSchedules(ctx)).sent[0]?.period, "2026-W10");
    clock.set("2026-03-18T09:00:00Z");
    assert.equal(await sendReports(ctx, needs), 1);
  });
});

it("activities are refused when they say nothing", async () => {
  await assert.rejects(addActivity(ctx, system, { kind: "note", leadId: "led_x" }), /subject is needed/);
});
