import type { BulkMapping } from "@tributary/contract";
import { can } from "../../access/index.ts";
import { transact } from "../../database/index.ts";
import type { BulkWork, Decision, RowProblem } from "./contracts.ts";
import { codeOf } from "./core/code-of.ts";
import { decideContact } from "./core/decide-contact.ts";
import { decidePartner, type PartnerNow, type PartnerRules } from "./core/decide-partner.ts";
import { brokenRow, type ColumnUse, columnsInUse, type FileRow, isNoRecord, type Said, saidBy } from "./core/said.ts";
import type { Names } from "./core/values.ts";
import { oneAhead } from "./lanes.ts";
import { editSaid } from "./selection.ts";
import { noteProgress, updateBulk } from "./store/changes.ts";
import {
  contactNow,
  contactsCalled,
  fieldValues,
  partnerNow,
  partnersCalled,
  type StoredPartner,
} from "./store/records.ts";
import { columnValues, countActions, forgetDecisions, putDecisions, stagedRows } from "./store/rows.ts";
import { fitter, mayApprove, mayWrite, namesFor, writableFields } from "./surroundings.ts";

const ROWS_PER_STEP = 4_000;

/** What is known while the rows of a bulk change are decided about, one after the other. */
interface Checking {
  readonly work: BulkWork;
  readonly mapping: BulkMapping;
  readonly uses: readonly ColumnUse[];
  readonly names: Names;
  readonly rules: Omit<PartnerRules, "parentOf">;
  /** codes that rows of the file have: parents may be made by the same file */
  readonly ownCodes: ReadonlySet<string>;
  /** the line that speaks of a record: another one contradicts it */
  readonly seen: Map<string, number>;
  readonly codes: Set<string>;
}

/** The dry run: decides about every row and changes nothing else. Whoever takes it up after a crash begins again. */
export async function checkBulk(work: BulkWork): Promise<void> {
  const { ctx, row } = work;
  await forgetDecisions(ctx.db, row.bulk_id);
  await updateBulk(ctx.db, row.bulk_id, { done: 0, counts: {} });
  const checking = await begin(work);
  let [after, done] = [-1, 0];
  await oneAhead(async (put) => {
    for (;;) {
      const rows = await stagedRows(ctx.db, row.bulk_id, checking.mapping.sheet, after, ROWS_PER_STEP);
      const last = rows.at(-1);
      if (last === undefined) break;
      const decisions = await decideAll(checking, rows);
      await put(() => putAway(work, decisions));
      after = last.line;
      done += rows.length;
      work.progress?.(done, row.total);
    }
  });
  await updateBulk(ctx.db, row.bulk_id, { status: "checked", counts: await countActions(ctx.db, row.bulk_id) });
}

async function putAway({ ctx, row }: BulkWork, decisions: readonly Decision[]): Promise<void> {
  await transact(ctx, async (tx) => {
    await putDecisions(tx, row.bulk_id, decisions);
    await noteProgress(tx.db, row.bulk_id, decisions.length, tx.clock.now());
  });
}

async function begin(work: BulkWork): Promise<Checking> {
  const { ctx, row, actor } = work;
  const mapping = row.source === "selection" ? SELECTION : row.mapping;
  const columns = row.sheets[mapping.sheet]?.columns.map((one) => one.name) ?? [];
  const uses = columnsInUse(row.subject, mapping, columns);
  const code = uses.find((use) => use.rule.name === "code");
  const parents = row.subject === "partner" && uses.some((use) => use.rule.name === "parent");
  const own = code !== undefined && parents ? await columnValues(ctx.db, row.bulk_id, mapping.sheet, code.at) : [];
  const fit = fitter(await writableFields(ctx, actor, row.subject));
  return {
    work,
    mapping,
    uses,
    names: await namesFor(ctx),
    rules: { mapping, mayWrite: mayWrite(actor), mayApprove: mayApprove(actor), fit },
    ownCodes: new Set(own),
    seen: new Map(),
    codes: new Set(),
  };
}

/** The rows of a selection hold the id of a partner and nothing else. */
const SELECTION: BulkMapping = {
  ...{ sheet: 0, columns: [{ column: "id", field: "id" }], mode: "update", match: "id" },
  ...{ emptyCells: "keep", tags: "add", defaults: {} },
};

type Read = { readonly row: FileRow; readonly said: Said } | { readonly row: FileRow; readonly problem: RowProblem };

async function decideAll(checking: Checking, rows: readonly FileRow[]): Promise<readonly Decision[]> {
  const reads = rows.map((row): Read => {
    const broken = brokenRow(row);
    if (broken !== undefined) return { row, problem: broken };
    const reading = saidBy(row, checking.uses, checking.mapping, checking.names);
    return "problem" in reading ? { row, ...reading } : { row, said: withDefaults(checking, reading.said) };
  });
  const good = reads.flatMap((read) => ("said" in read ? [read.said] : []));
  const decide =
    checking.work.row.subject === "partner"
      ? await partnerDecider(checking, good)
      : await contactDecider(checking, good);
  return reads.map((read) => {
    if ("problem" in read) return refused(read.row, read.problem);
    const { label, ...rest } = decide(read.said, read.row.line);
    return { line: read.row.line, label, ...rest };
  });
}

function refused(row: FileRow, problem: RowProblem): Decision {
  const action = isNoRecord(row) ? "skip" : "refuse";
  const label = row.cells.find((cell) => cell.trim() !== "") ?? "";
  return {
    line: row.line,
    action,
    targetId: null,
    partnerId: null,
    label,
    stamp: null,
    changes: [],
    problem,
    steps: false,
  };
}

function withDefaults({ work }: Checking, said: Said): Said {
  return work.row.edit === null ? said : new Map([...said, ...editSaid(work.row.edit)]);
}

type Decide = (said: Said, line: number) => Omit<Decision, "line">;

/** Every partner that rows may mean, by its id, code and address; `undefined` of an address that several have. */
class Called {
  readonly #byKey = new Map<string, StoredPartner>();
  readonly #ambiguous = new Set<string>();

  constructor(partners: readonly StoredPartner[]) {
    for (const one of partners) {
      this.#byKey.set(one.partner_id, one);
      this.#byKey.set(one.code, one);
    }
    for (const one of partners) {
      const email = one.email.toLowerCase();
      if (email === "" || one.merged_into !== null) continue;
      if (this.#byKey.has(email)) this.#ambiguous.add(email);
      this.#byKey.set(email, one);
    }
  }

  find(text: string): StoredPartner | "ambiguous" | undefined {
    return this.#ambiguous.has(text) ? "ambiguous" : this.#byKey.get(text);
  }
}

async function calledBy(checking: Checking, saids: readonly Said[]): Promise<Called> {
  const texts = new Set<string>();
  for (const said of saids)
    for (const field of ["id", "code", "email", "parent", "partner"]) {
      const text = said.get(field);
      if (typeof text === "string") texts.add(text.toLowerCase());
    }
  const all = [...texts];
  const keys = {
    ids: all.filter((text) => text.startsWith("prt_")),
    codes: all.filter((text) => !text.includes("@")),
    emails: all.filter((text) => text.includes("@")),
  };
  return new Called(await partnersCalled(checking.work.ctx.db, keys));
}

async function partnerDecider(checking: Checking, saids: readonly Said[]): Promise<Decide> {
  const called = await calledBy(checking, saids);
  const targets = saids.map((said) => targetOf(said, checking.mapping.match, called));
  const ids = targets.flatMap((target) => (target === undefined || target === "ambiguous" ? [] : [target.partner_id]));
  const keys = checking.mapping.columns.flatMap(({ field }) => (field?.startsWith("field:") ? [field.slice(6)] : []));
  const more = Object.keys(checking.work.row.edit?.fields ?? {});
  const fields = await fieldValues(checking.work.ctx.db, ids, [...keys, ...more]);
  const made = await freeCodes(checking, saids, called);
  const rules: PartnerRules = { ...checking.rules, parentOf: (text) => parentIn(called, checking.ownCodes, text) };
  return (given, line) => {
    const target = targetOf(given, checking.mapping.match, called);
    const label = String(given.get("name") ?? (typeof target === "object" ? target.name : "") ?? "") || keyIn(given);
    if (target === "ambiguous")
      return { ...UNDECIDED, label, problem: { field: "email", value: keyIn(given), code: "ambiguous" } };
    const said = target === undefined ? withNew(checking, given) : given;
    const now: PartnerNow | undefined =
      target === undefined ? undefined : partnerNow(target, fields.get(target.partner_id));
    const code = made(said);
    const outcome = decidePartner(said, now, code, rules);
    if (outcome.problem?.code === "not_yours") return hidden(checking, said, now);
    return { label, ...once(checking, outcome, now?.partnerId ?? code, line) };
  };
}

/** A record that somebody may not even read is told of no more than a form would tell: an id is unknown, a code is taken. */
function hidden({ work }: Checking, said: Said, now: PartnerNow | undefined): Omit<Decision, "line"> {
  const seat = { partnerId: now?.partnerId, regionId: now?.regionId, ownerUserId: now?.ownerUserId };
  const readable = now !== undefined && can(work.actor, "partners.read", seat);
  const code = said.has("id") && !readable ? "unknown_partner" : "not_yours";
  return { ...UNDECIDED, label: keyIn(said), problem: { field: null, value: keyIn(said), code } };
}

const UNDECIDED = {
  action: "refuse",
  targetId: null,
  partnerId: null,
  stamp: null,
  changes: [],
  steps: false,
} as const;

function keyIn(said: Said): string {
  return String(said.get("code") ?? said.get("id") ?? said.get("email") ?? "");
}

function targetOf(said: Said, match: BulkMapping["match"], called: Called): StoredPartner | "ambiguous" | undefined {
  for (const field of match === "any" ? ["id", "code", "email"] : [match]) {
    const text = said.get(field);
    if (typeof text !== "string") continue;
    const found = called.find(text.toLowerCase());
    // An id or code that is said and known to nobody is not looked for elsewhere: the row means a record of its own.
    if (found !== undefined || field !== "email") return found;
  }
  return undefined;
}

function parentIn(called: Called, own: ReadonlySet<string>, text: string): string | "ambiguous" | undefined {
  const found = called.find(text);
  if (found === "ambiguous") return "ambiguous";
  if (found !== undefined) return found.merged_into ?? found.partner_id;
  return own.has(text) ? `code:${text}` : undefined;
}

/** What rows that make a record do not say. */
function withNew({ mapping, names }: Checking, said: Said): Said {
  const defaults = Object.entries(mapping.defaults).filter(([field]) => (said.get(field) ?? null) === null);
  if (defaults.length === 0) return said;
  const row = { line: 0, cells: defaults.map(([, value]) => value), problem: null };
  const columns = defaults.map(([field]) => ({ column: field, field }));
  const reading = saidBy(
    row,
    columnsInUse(
      "partner",
      { ...mapping, columns },
      defaults.map(([field]) => field),
    ),
    mapping,
    names,
  );
  return "problem" in reading ? said : new Map([...said, ...reading.said]);
}

/** Codes for new partners that say none: from their name, and free here and in the file. */
async function freeCodes(checking: Checking, saids: readonly Said[], called: Called): Promise<(said: Said) => string> {
  const wanted = new Set<string>();
  for (const said of saids) if (!said.has("code")) wanted.add(codeOf(String(said.get("name") ?? "")));
  const codes = [...wanted].flatMap((code) => [code, ...Array.from({ length: 9 }, (_, at) => `${code}-${at + 2}`)]);
  const taken = new Set(
    (await partnersCalled(checking.work.ctx.db, { ids: [], codes, emails: [] })).map((one) => one.code),
  );
  return (said) => {
    const own = said.get("code");
    if (typeof own === "string") return own;
    const base = codeOf(String(said.get("name") ?? ""));
    for (let number = 1; ; number += 1) {
      const code = number === 1 ? base : `${base}-${number}`;
      if (taken.has(code) || checking.codes.has(code) || checking.seen.has(code) || called.find(code) !== undefined)
        continue;
      return code;
    }
  };
}

/** Two rows about one record contradict each other: the first counts. */
function once(
  checking: Checking,
  outcome: Omit<Decision, "line" | "label">,
  key: string,
  line: number,
): Omit<Decision, "line" | "label"> {
  if (outcome.action === "refuse") return outcome;
  const first = checking.seen.get(key);
  if (first !== undefined) {
    const problem = { field: null, value: key, code: "twice", details: { line: String(first) } };
    return { ...outcome, action: "refuse", changes: [], steps: false, problem };
  }
  checking.seen.set(key, line);
  return outcome;
}

async function contactDecider(checking: Checking, saids: readonly Said[]): Promise<Decide> {
  const textOf = (said: Said, field: string): string => String(said.get(field) ?? "").toLowerCase();
  const contacts = await contactsCalled(checking.work.ctx.db, {
    ids: saids.map((said) => textOf(said, "id")).filter((id) => id.startsWith("cnt_")),
    emails: saids.map((said) => textOf(said, "email")).filter((email) => email !== ""),
  });
  const byId = new Map(contacts.map((one) => [one.contact_id, one]));
  const byPlace = Map.groupBy(contacts, (one) => `${one.partner_id} ${one.email.toLowerCase()}`);
  const owners = contacts.map((one): Said => new Map([["partner", one.partner_id]]));
  const called = await calledBy(checking, [...saids.map(withoutOwn), ...owners]);
  return (said, line) => {
    const own = byId.get(textOf(said, "id"));
    const partner = called.find(own?.partner_id ?? textOf(said, "partner"));
    const label = String(said.get("name") ?? said.get("email") ?? "");
    if (partner === "ambiguous")
      return { ...UNDECIDED, label, problem: { field: "partner", value: textOf(said, "partner"), code: "ambiguous" } };
    const there =
      own !== undefined || partner === undefined
        ? [own]
        : (byPlace.get(`${partner.partner_id} ${textOf(said, "email")}`) ?? []);
    if (there.length > 1)
      return { ...UNDECIDED, label, problem: { field: "email", value: textOf(said, "email"), code: "ambiguous" } };
    const now = there[0] === undefined ? undefined : contactNow(there[0]);
    const outcome = decideContact(said, partner === undefined ? undefined : partnerNow(partner), now, checking.rules);
    const key = now?.contactId ?? `${partner?.partner_id} ${textOf(said, "email")}`;
    return { label, ...once(checking, outcome, key, line) };
  };
}

/** A contact's own id and address are no names of a partner. */
function withoutOwn(said: Said): Said {
  return new Map([...said].filter(([field]) => field === "partner"));
}
