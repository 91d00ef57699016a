import { randomBytes } from "node:crypto";
import type { DomainProof, NewDomain, Sentence } from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type PageRequest, transact } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { domainOf, isInFile, isInPage, isInRecords, placesOf } from "./core/domains.ts";
import { fetchPage } from "./fetch-page.ts";
import type { Outside } from "./needs.ts";
import * as store from "./store/sites.ts";
import { today } from "./today.ts";

const AGAIN_DAYS = 7;
type Method = "dns" | "file" | "meta";
type Said = DomainProof["said"][number];

/** Starts the proof of a domain: the answer says what to place where. The same domain again is the proof that is there. */
export async function startProof(ctx: Context, actor: Actor, input: NewDomain): Promise<DomainProof> {
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed");
  requirePermission(actor, "documents.write", await partnerTouch(ctx, partnerId));
  const domain = domainOf(input.domain);
  if (domain === undefined) throw invalid("domain", input.domain, "is no domain", "write it as example.com");
  await transact(ctx, async (tx) => {
    const id = tx.ids.next("dpf");
    const token = randomBytes(20).toString("hex");
    const made = await store.insertProof(tx.db, {
      proof_id: id,
      partner_id: partnerId,
      domain,
      token,
      state: "waiting",
      created_at: tx.clock.now(),
    });
    if (made)
      await audit.record(tx, actor, {
        action: "compliance.domain_started",
        subjectKind: "domain_proof",
        subjectId: id,
        after: { domain },
        partnerId,
      });
  });
  const row = (await store.proofsOf(ctx.db, partnerId)).find((one) => one.domain === domain);
  return proofWire(row as store.ProofRow);
}

export async function listProofs(
  ctx: Context,
  actor: Actor,
  query: PageRequest & { readonly partnerId?: string | undefined },
): Promise<{ data: DomainProof[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "documents.read");
  const { rows, nextCursor } = await store.proofPage(ctx.db, within, query.partnerId, query);
  return { data: rows.map(proofWire), nextCursor };
}

/** Asks for a look. The worker looks: what a partner's own request could write itself would prove nothing. */
export async function askForCheck(ctx: Context, actor: Actor, id: string): Promise<DomainProof> {
  const row = await store.findProof(ctx.db, id);
  const within = await reachOf(ctx, actor, "documents.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id })) throw notFound("domain proof", id);
  requirePermission(actor, "documents.write", await partnerTouch(ctx, row.partner_id));
  await transact(ctx, (tx) => announce(tx, "compliance.check_domain", { proofId: id }));
  return proofWire(row);
}

/** Looks in all three places and notes what each answered. The first that holds the token proves it; a proof that is gone is lost. */
export async function checkProof(
  ctx: Context,
  actor: audit.AuditActor,
  outside: Outside,
  id: string,
): Promise<DomainProof | undefined> {
  const row = await store.findProof(ctx.db, id);
  if (row === undefined) return undefined;
  const looks = await Promise.all([lookInRecords(outside, row), lookInFile(outside, row), lookInPage(outside, row)]);
  const found = looks.find((look) => look.proves);
  const unclear = row.state === "proved" && found === undefined && looks.every((look) => !look.answered);
  // Nobody answered at all: a name server that is away is no proof that the record is gone.
  const state = found !== undefined ? "proved" : unclear || row.state === "waiting" ? row.state : "lost";
  await transact(ctx, async (tx) => {
    const now = tx.clock.now();
    await store.changeProof(tx.db, id, {
      state,
      method: found?.method ?? (state === "proved" ? row.method : null),
      said: JSON.stringify(looks.map(({ method, sentence }): Said => ({ method, sentence }))),
      checked_at: now,
      proved_at: found !== undefined && row.state !== "proved" ? now : row.proved_at,
      check_on: addDays(today(tx), unclear ? 1 : AGAIN_DAYS),
    });
    if (state === row.state) return;
    const subject = { subjectKind: "domain_proof", subjectId: id, partnerId: row.partner_id };
    const action = state === "proved" ? "compliance.domain_proved" : "compliance.domain_lost";
    await audit.record(tx, actor, {
      action,
      ...subject,
      before: { state: row.state },
      after: { state, method: found?.method },
    });
    await announce(tx, action, { proofId: id, partnerId: row.partner_id, domain: row.domain });
  });
  return proofWire((await store.findProof(ctx.db, id)) as store.ProofRow);
}

interface Look {
  readonly method: Method;
  readonly proves: boolean;
  /** somebody answered, whatever it was */
  readonly answered: boolean;
  readonly sentence: Sentence;
}

const says = (en: string, es: string): Sentence => ({ en, es });

async function lookInRecords(outside: Outside, { domain, token }: store.ProofRow): Promise<Look> {
  const method = "dns" as const;
  try {
    const records = await outside.txtRecords(domain);
    const proved = isInRecords(records, token);
    const sentence = proved
      ? says(`A TXT record of ${domain} holds the token.`, `Un registro TXT de ${domain} contiene el código.`)
      : records.length === 0
        ? says(`${domain} has no TXT record.`, `${domain} no tiene registro TXT.`)
        : says(
            `None of the ${records.length} TXT records of ${domain} is the token.`,
            `Ninguno de los ${records.length} registros TXT de ${domain} es el código.`,
          );
    return { method, proves: proved, answered: true, sentence };
  } catch {
    return {
      method,
      proves: false,
      answered: false,
      sentence: says(`No name server answered for ${domain}.`, `Ningún servidor de nombres respondió por ${domain}.`),
    };
  }
}

async function lookInFile(outside: Outside, { domain, token }: store.ProofRow): Promise<Look> {
  const { fileAddress } = placesOf(domain, token);
  const page = await fetchPage(outside, fileAddress, true);
  const proved = page.html !== null && isInFile(page.html, token);
  return look("file", page.html, page.status, proved, page.problem, {
    there: says("The file holds the token.", "El archivo contiene el código."),
    other: says(
      "The file is there, but it is not the token alone.",
      "El archivo está, pero no contiene solo el código.",
    ),
    none: (why) => says(`The file cannot be read: ${why}.`, `No se puede leer el archivo: ${why}.`),
  });
}

async function lookInPage(outside: Outside, { domain, token }: store.ProofRow): Promise<Look> {
  const page = await fetchPage(outside, `https://${domain}/`, true);
  const proved = page.html !== null && isInPage(page.html, token);
  return look("meta", page.html, page.status, proved, page.problem, {
    there: says("The page has the tag.", "La página tiene la etiqueta."),
    other: says(
      "The page is there, but the tag is not in its head.",
      "La página está, pero la etiqueta no está en su cabecera.",
    ),
    none: (why) => says(`The page cannot be read: ${why}.`, `No se puede leer la página: ${why}.`),
  });
}

function look(
  method: Method,
  html: string | null,
  status: number | null,
  proved: boolean,
  problem: string,
  words: { there: Sentence; other: Sentence; none: (why: string) => Sentence },
): Look {
  const sentence = proved ? words.there : html === null ? words.none(problem) : words.other;
  return { method, proves: proved, answered: html !== null || status !== null, sentence };
}

function proofWire(row: store.ProofRow): DomainProof {
  const said = row.said as unknown as Said[];
  return {
    id: row.proof_id,
    partnerId: row.partner_id,
    domain: row.domain,
    state: row.state as DomainProof["state"],
    method: row.method as Method | null,
    ...placesOf(row.domain, row.token),
    said,
    sentence: sentenceOf(row, said),
    checkedAt: row.checked_at?.toISOString() ?? null,
    provedAt: row.proved_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

function sentenceOf({ state, method, checked_at, domain }: store.ProofRow, said: readonly Said[]): Sentence {
  if (checked_at === null)
    return says(
      `Nobody has looked for the token of ${domain} yet.`,
      `Todavía no se ha buscado el código de ${domain}.`,
    );
  const held = said.find((one) => one.method === method);
  if (state === "proved")
    return (
      held?.sentence ??
      says(
        `${domain} was proved; nobody answered at the last look.`,
        `${domain} quedó probado; nadie respondió en la última consulta.`,
      )
    );
  if (state === "lost")
    return says(`The proof of ${domain} is not there any more.`, `La prueba de ${domain} ya no está.`);
  return says(
    `The token of ${domain} was not found in any of the three places.`,
    `El código de ${domain} no se encontró en ninguno de los tres lugares.`,
  );
}
