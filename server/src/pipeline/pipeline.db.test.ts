import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/sha";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { sealWith } from "../shell/http/seal.ts";
import { pipelineJobs } from "./jobs.ts";
import { pipelineRoutes } from "./routes.ts";

const key = randomBytes(32);
const sent: { to: string; subject: string; text: string }[] = [];
const needs = {
  publicUrl: "http://localhost:3000",
  formKey: key,
  randomBytes,
  vault: sealWith(randomBytes(32)),
  sendMail: async (mail: { to: string; subject: string; text: string }) => sent.push(mail) > 0,
};

let world: ApiWorld;
let admin: Caller;
let programId: string;

before(async () => {
  world = await apiWorld({ rooms: () => [pipelineRoutes(needs)], at: new Date().toISOString() });
  admin = await world.administrator();
  const made = await admin.call("POST", "/v1/programs", {
    code: "bright",
    name: "Bright",
    timeZone: "Europe/Madrid",
    currency: "EUR",
    fallbackUrl: "https://bright.example/",
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  programId = made.body.id;
});
after(() => world.close());

async function lead(fields: Record<string, unknown>) {
  const answer = await admin.call("POST", "/v1/leads", { leads: [fields] });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual(answer.body.refused, []);
  return answer.body.taken[0];
}

async function read(id: string) {
  const answer = await admin.call("GET", `/v1/leads/${id}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

describe("leads", () => {
  it("are given to somebody by the first rule that holds, with the reason in words", async () => {
    const ana = await world.person("Ana", [{ role: "key_account_manager", ...EVERYWHERE }]);
    const leo = await world.person("Leo", [{ role: "key_account_manager", ...EVERYWHERE }]);
    const rules = {
      after: 0,
      rules: [
        {
          name: "LATAM Spanish",
          when: { languages: ["es"], countries: ["MX", "CO"] },
          to: { how: "load", people: [{ userId: ana.userId }, { userId: leo.userId }] },
        },
      ],
    };
    const saved = await admin.call("POST", "/v1/pipeline/routing-rules", rules);
    assert.equal(saved.status, 201, JSON.stringify(saved.body));
    const again = await admin.call("POST", "/v1/pipeline/routing-rules", rules);
    assert.equal(again.body.code, "conflict");
    const first = await lead({ name: "Uno Medios", language: "es-MX", country: "MX" });
    const second = await lead({ name: "Dos Reviews", language: "es", country: "CO" });
    assert.deepEqual([first.ownerUserId, second.ownerUserId], [ana.userId, leo.userId]);
    const none = await lead({ name: "Drei Vergleich", language: "de", country: "DE" });
    assert.equal(none.ownerUserId, null);
    const words = (await read(first.id)).routingWords;
    assert.deepEqual(words[0], { code: "rule_matched", values: { number: "1", name: "LATAM Spanish" } });
    const queue = await admin.call("GET", "/v1/leads?queue=unrouted");
    assert.deepEqual(
      queue.body.data.map((one: { id: string }) => one.id),
      [none.id],
    );
  });

  it("have their source named by rules, and an unknown one becomes a rule by one click", async () => {
    const given = await lead({ name: "Source One", source: "utm_source=Google%20Ads&utm_campaign=Q1" });
    const open = await admin.call("GET", "/v1/pipeline/unmatched-sources");
    assert.equal(open.body.data[0].raw, "utm_source=Google%20Ads&utm_campaign=Q1");
    const done = await admin.call("POST", "/v1/pipeline/unmatched-sources", {
      raw: "utm_source=Google%20Ads&utm_campaign=Q1",
      source: "Google Ads",
      match: "prefix",
    });
    assert.deepEqual(done.body, { version: 1, leads: 1 });
    assert.equal((await read(given.id)).source, "Google Ads");
    const next = await lead({ name: "Source Two", source: " GOOGLE_ads q1 2026 " });
    assert.equal((await read(next.id)).source, "Google Ads");
  });

  it("that are known are recognised: the same by e-mail is put together, the alike wait for a person", async () => {
    const first = await lead({
      name: "Acme Media GmbH",
      email: "boss@acme-media.example",
      website: "acme-media.example",
    });
    const again = await lead({
      name: "ACME",
      email: "Boss+partners@acme-media.example",
      phone: "+49 30 901820",
      note: "again",
    });
    assert.equal(again.outcome, "looks_like");
    const merged = await read(again.id);
    assert.deepEqual([merged.status, merged.mergedInto], ["merged", first.id]);
    assert.equal((await read(first.id)).phone, "+49 30 901820");
    const alike = await lead({ name: "Acme Médias", website: "https://www.acme-media.example/en" });
    const queued = await read(alike.id);
    assert.equal(queued.duplicatesOpen, true);
    assert.equal(queued.likenesses[0].otherId, first.id);
    const decided = await admin.call("POST", `/v1/leads/${alike.id}/likenesses/${queued.likenesses[0].id}`, {
      decision: "different",
    });
    assert.equal(decided.body.duplicatesOpen, queued.likenesses.length > 1);
  });

  it("recognise a partner by its contact's address", async () => {
    const partnerId = await world.partner("solar-hub");
    const contact = { name: "Sol", email: "sol@solarhub.example" };
    assert.equal((await admin.call("POST", `/v1/partners/${partnerId}/contacts`, contact)).status, 201);
    const known = await read((await lead({ name: "Sol Hub", email: "SOL@solarhub.example" })).id);
    assert.deepEqual([known.likenesses[0].otherId, known.likenesses[0].state], [partnerId, "linked"]);
  });

  it("that are won become a partner with all that is known, and stay won", async () => {
    const title = { en: "Reach", es: "Alcance" };
    const field = { key: "reach", title, type: "number", writePermission: "compliance.write" };
    assert.equal((await admin.call("POST", "/v1/partner-fields", field)).status, 201);
    const taken = await lead({
      answers: { reach: "1500", hobby: "golf" },
      name: "Winner Ltd",
      email: "w@winner.example",
      country: "GB",
      recruiter: "solar-hub",
      source: "fair",
    });
    await admin.call("POST", "/v1/activities", {
      leadId: taken.id,
      kind: "call",
      direction: "out",
      subject: "first call",
    });
    const { revision } = await read(taken.id);
    const won = await admin.call("POST", `/v1/leads/${taken.id}/win`, { revision, code: "winner" });
    assert.equal(won.status, 200, JSON.stringify(won.body));
    const partner = await admin.call("GET", `/v1/partners/${won.body.partnerId}`);
    assert.equal(partner.body.email, "w@winner.example");
    assert.notEqual(partner.body.parentPartnerId, null);
    assert.match(partner.body.note, /hobby: golf/);
    assert.doesNotMatch(partner.body.note, /1500/);
    const own = (await admin.call("GET", `/v1/partners/${won.body.partnerId}/fields`)).body.data;
    assert.equal(own[0].value, "1500", "an answer whose question is called like a field of partners is in it");
    const contacts = await admin.call("GET", `/v1/partners/${won.body.partnerId}/contacts`);
    assert.equal(contacts.body.data[0].email, "w@winner.example");
    const done = await admin.call("GET", `/v1/activities?partnerId=${won.body.partnerId}`);
    assert.equal(done.body.data[0].subject, "first call");
    const back = await admin.call("POST", `/v1/leads/${taken.id}/reopen`, {
      revision: won.body.revision,
      reason: "a mistake",
    });
    assert.equal(back.body.code, "wrong_state");
    const lost = await admin.call("POST", `/v1/leads/${taken.id}/lose`, {
      revision: won.body.revision,
      reason: "terms",
    });
    assert.equal(lost.body.code, "wrong_state");
  });

  it("show on the board and in the forecast what they are expected to bring, by the probability of their stage", async () => {
    const taken = await lead({
      name: "Forecast",
      expectedFtds: 50,
      expectedMonth: "2027-03",
      expectedRevenue: { minor: "100000", currency: "EUR" },
    });
    const { revision } = await read(taken.id);
    const moved = await admin.call("POST", `/v1/leads/${taken.id}/move`, { revision, stageId: "negotiation" });
    assert.equal(moved.body.probability, 60);
    const board = await admin.call("GET", "/v1/leads/board?q=forecast");
    const column = board.body.columns.find((one: { stage: { id: string } }) => one.stage.id === "negotiation");
    assert.deepEqual([column.count, column.expectedFtds], [1, 50]);
    const forecast = await admin.call("GET", "/v1/leads/forecast?by=month");
    const march = forecast.body.rows.find((row: { key: string }) => row.key === "2027-03");
    assert.equal(march.weightedFtds, "30.0");
    assert.deepEqual(march.weightedRevenue, [{ minor: "60000", currency: "EUR" }]);
  });
});

const definition = {
  languages: ["en", "es"],
  title: { en: "Become a partner", es: "Sea socio" },
  minimumSeconds: 0,
  questions: [
    { id: "company", kind: "text", field: "name", required: true, label: { en: "Company", es: "Empresa" } },
    { id: "mail", kind: "email", field: "email", required: true, label: { en: "E-mail", es: "Correo" } },
    { id: "agree", kind: "consent", required: true, label: { en: "I agree", es: "Acepto" } },
  ],
};

describe("application forms", () => {
  const somebody = () => world.anonymous();
  let address = "";
  before(async () => {
    const made = await admin.call("POST", "/v1/application-forms", {
      programId,
      address: "bright-partners",
      name: "Bright",
      definition,
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    address = made.body.address;
  });

  async function application(answers: Record<string, string>, more: Record<string, unknown> = {}) {
    const page = await somebody().call("GET", `/v1/public/application-forms/${address}?language=es&ref=solar-hub`);
    const challenge = page.body.challenge;
    const solution = await solveChallenge({ challenge, deriveKey });
    assert.notEqual(solution, null);
    const proof = { challenge, solution: { counter: solution?.counter, derivedKey: solution?.derivedKey } };
    return { version: page.body.version, language: "es", answers, ref: "solar-hub", proof, ...more };
  }
  const send = (body: unknown) => somebody().call("POST", `/v1/public/application-forms/${address}/applications`, body);

  it("tell what is missing in the applicant's language, and refuse what no browser worked for", async () => {
    const wrong = await send(await application({ mail: "no" }));
    assert.deepEqual(
      wrong.body.errors.map((one: { field: string; message: string }) => [one.field, one.message]),
      [
        ["answers.company", "Responda a esta pregunta, por favor."],
        ["answers.mail", "No es una dirección de correo."],
        ["answers.agree", "Sin este consentimiento no podemos aceptar su solicitud."],
      ],
    );
    const good = await application({ company: "Bot", mail: "bot@bot.example", agree: "yes" });
    const forged = { ...good, proof: { ...good.proof, solution: { counter: 1, derivedKey: "00".repeat(32) } } };
    assert.equal((await send(forged)).body.errors[0].field, "proof");
    assert.equal((await send({ ...good, address2: "http://spam" })).body.outcome, "received");
    const leads = await admin.call("GET", "/v1/leads?q=bot@bot.example");
    assert.deepEqual(leads.body.data, []);
  });

  it("make a lead once its address is confirmed; sent twice it is one, and its recruiter stands on it", async () => {
    const body = await application({ company: "Nueva Web", mail: "hola@nuevaweb.example", agree: "yes" });
    const answers = [await send(body), await send(body)];
    assert.deepEqual(
      answers.map((one) => one.body.outcome),
      ["confirm", "confirm"],
    );
    const before = await admin.call("GET", "/v1/leads?q=nuevaweb&status=unconfirmed");
    assert.equal(before.body.data.length, 1);
    const token = await mailedToken();
    const confirm = () => somebody().call("POST", "/v1/public/application-confirmations", { token });
    assert.equal((await confirm()).body.title, "Gracias");
    assert.equal((await confirm()).body.title, "Gracias");
    const found = await read(before.body.data[0].id);
    assert.equal(found.status, "open");
    assert.notEqual(found.recruiterPartnerId, null);
    const guessed = await somebody().call("POST", "/v1/public/application-confirmations", { token: "x".repeat(40) });
    assert.equal(guessed.body.title, "This link does not hold any more");
  });

  it("tell who was turned down when to come again", async () => {
    const { data } = (await admin.call("GET", "/v1/leads?q=nuevaweb&status=open")).body;
    await admin.call("POST", `/v1/leads/${data[0].id}/lose`, {
      revision: data[0].revision,
      reason: "traffic_unsuitable",
    });
    await send(await application({ company: "Nueva Web", mail: "hola@nuevaweb.example", agree: "yes" }));
    const answer = await somebody().call("POST", "/v1/public/application-confirmations", {
      token: await mailedToken(),
    });
    assert.equal(answer.body.outcome, "too_early");
    assert.match(answer.body.text, /a partir del/);
  });

  /** The worker's task is run by hand: there is no worker in this test. */
  async function mailedToken(): Promise<string> {
    const { rows } = await world.database.pool.query(
      "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'pipeline.confirmation_due' order by j.id desc limit 1",
    );
    await pipelineJobs(world.ctx, needs).tasks?.["pipeline.confirmation_due"]?.(rows[0].payload);
    const mail = sent.at(-1);
    return /confirm=([\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
  }
});

describe("tasks", () => {
  it("that repeat make the next one, and are there for Today", async () => {
    const taken = await lead({ name: "Task Lead" });
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    const made = await admin.call("POST", "/v1/tasks", { leadId: taken.id, title: "Call", dueAt, repeats: "week" });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const done = await admin.call("PATCH", `/v1/tasks/${made.body.id}`, { revision: 1, state: "done" });
    assert.equal(done.body.state, "done");
    const open = await admin.call("GET", `/v1/tasks?leadId=${taken.id}&state=open`);
    assert.equal(open.body.data.length, 1);
    assert.equal(Date.parse(open.body.data[0].dueAt), Date.parse(dueAt) + 7 * 86_400_000);
  });
});
