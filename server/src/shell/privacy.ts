import { randomBytes } from "node:crypto";
import type { PersonalShare, PersonKind } from "@tributary/contract";
import {
  accountData,
  eraseAccounts,
  oldInvitations,
  removeOldInvitations,
  trailPersons,
  userPerson,
  usersByEmails,
} from "../access/index.ts";
import { oldActivities, removeActivities } from "../audit/index.ts";
import {
  documentsAbout,
  eraseRelatedPersons,
  filesAbout,
  mayForget,
  relatedPersonData,
  YEARS_KEPT,
} from "../compliance/index.ts";
import type { Context, Vault } from "../database/index.ts";
import { contactData, eraseContacts } from "../partners/index.ts";
import { payeeMentions } from "../payees/index.ts";
import { conversations, eraseLeads, leadData, oldLostLeads } from "../pipeline/index.ts";
import type { Person, PersonalRecords, PersonalSource, PrivacyNeeds, RetentionSource } from "../privacy/index.ts";

/** Every room that keeps something about people: who tells it, and who erases it. A new room adds its source here. */
export const privacyNeeds: PrivacyNeeds = {
  sources: [accountSource(), contactSource(), complianceSource(), pipelineSource(), payeeSource()],
  retention: [activityRetention(), invitationRetention(), leadRetention()],
  person: findPerson,
  pseudonym,
};

/** A name that tells nothing and is nobody else's. */
function pseudonym(): string {
  return `Person ${randomBytes(5).toString("hex").toUpperCase()}`;
}

type Start = { readonly name: string; readonly emails: readonly string[]; readonly partnerIds: readonly string[] };

const STARTS: Readonly<Record<PersonKind, (ctx: Context, id: string) => Promise<Start | undefined>>> = {
  user: userPerson,
  contact: async (ctx, id) => {
    const [row] = await contactData(ctx, { ids: [id], emails: [] });
    return row && { name: row.name, emails: [row.email], partnerIds: [row.partner_id] };
  },
  related_person: async (ctx, id) => {
    const [row] = await relatedPersonData(ctx, [id]);
    return row && { name: row.name, emails: [], partnerIds: [row.partner_id] };
  },
  lead: async (ctx, id) => {
    const [row] = await leadData(ctx, { ids: [id], emails: [] });
    const partnerIds = row?.partner_id ? [row.partner_id] : [];
    return row && { name: row.contact_name || row.name, emails: [row.email], partnerIds };
  },
};

/** The person behind a record, with the other records of the same e-mail address. */
async function findPerson(ctx: Context, kind: PersonKind, id: string): Promise<Person | undefined> {
  const start = await STARTS[kind](ctx, id);
  if (start === undefined) return undefined;
  const emails = start.emails.filter((email) => email !== "").map((email) => email.toLowerCase());
  const users = await usersByEmails(ctx, emails);
  const contacts = await contactData(ctx, { ids: kind === "contact" ? [id] : [], emails });
  const leads = await leadData(ctx, { ids: kind === "lead" ? [id] : [], emails });
  const partners = [
    ...start.partnerIds,
    ...contacts.map((one) => one.partner_id),
    ...users.flatMap((one) => one.partnerId ?? []),
    ...leads.flatMap((one) => one.partner_id ?? []),
  ];
  return {
    kind,
    id,
    name: start.name,
    emails,
    userIds: users.map((one) => one.id),
    contactIds: contacts.map((one) => one.contact_id),
    relatedPersonIds: kind === "related_person" ? [id] : [],
    leadIds: leads.map((one) => one.lead_id),
    partnerIds: [...new Set(partners)],
  };
}

function records(
  room: string,
  kind: string,
  fate: PersonalShare["fate"],
  why: string,
  data: readonly unknown[],
  count = data.length,
): PersonalRecords {
  return { room, kind, fate, why, data, records: count };
}

const TRAIL =
  "Proof of who decided what; sealed with the person's key, which an erasure destroys: nobody can read the name any more.";

/** The same where people are exported: with the files of due diligence. */
export function exportNeeds(vault: Vault): PrivacyNeeds {
  const papers: PersonalSource = {
    room: "compliance",
    collect: async () => [],
    erase: async () => [],
    files: (ctx, { relatedPersonIds }, actor, reason) => filesAbout(ctx, actor, vault, relatedPersonIds, reason),
  };
  return { ...privacyNeeds, sources: [...privacyNeeds.sources, papers] };
}

function accountSource(): PersonalSource {
  return {
    room: "access",
    collect: async (ctx, person) => {
      const of = await accountData(ctx, person);
      return [
        records(
          "access",
          "account",
          "pseudonymized",
          "The account is disabled and stays as proof of who decided what.",
          of.users,
        ),
        records("access", "role", "erased", "", of.grants),
        records("access", "session", "erased", "", of.sessions),
        records("access", "api_key", "pseudonymized", "Ended; its hash tells which calls it made.", of.keys),
        records("access", "invitation", "pseudonymized", "", of.invitations),
        records("access", "saved_view", "erased", "", of.views),
        records("audit", "trail_entry", "kept", TRAIL, [], of.changes),
        records(
          "audit",
          "activity",
          "pseudonymized",
          "Addresses are removed; what was done stays under the account's id.",
          [],
          of.deeds,
        ),
      ];
    },
    erase: async (tx, person, name) => {
      const keys = await trailPersons(tx, person);
      await eraseAccounts(tx, person, name);
      return keys;
    },
  };
}

function contactSource(): PersonalSource {
  return {
    room: "partners",
    collect: async (ctx, person) => {
      const rows = await contactData(ctx, { ids: person.contactIds, emails: [] });
      return [records("partners", "contact", "pseudonymized", "That there was somebody in this role stays.", rows)];
    },
    erase: async (tx, person, name) => {
      await eraseContacts(tx, person.contactIds, name);
      return person.contactIds;
    },
  };
}

const DILIGENCE = `Due diligence is kept for ${YEARS_KEPT} years after somebody has left (Directive (EU) 2015/849, article 40).`;

function complianceSource(): PersonalSource {
  const forgettable = async (ctx: Context, person: Person) =>
    (await relatedPersonData(ctx, person.relatedPersonIds)).filter((row) => mayForget(row, ctx.clock.now()));
  return {
    room: "compliance",
    collect: async (ctx, person) => {
      const rows = await relatedPersonData(ctx, person.relatedPersonIds);
      const free = new Set((await forgettable(ctx, person)).map((row) => row.person_id));
      const [gone, kept] = [
        rows.filter((row) => free.has(row.person_id)),
        rows.filter((row) => !free.has(row.person_id)),
      ];
      const papers = await documentsAbout(ctx, person.relatedPersonIds);
      const fate = gone.length > 0 ? "erased" : "kept";
      return [
        records("compliance", "related_person", "pseudonymized", "", gone),
        records("compliance", "related_person", "kept", DILIGENCE, kept),
        records("compliance", "document", fate, fate === "kept" ? DILIGENCE : "", papers),
      ];
    },
    erase: async (tx, person, name) => {
      const ids = (await forgettable(tx, person)).map((row) => row.person_id);
      await eraseRelatedPersons(tx, ids, name);
      return ids;
    },
  };
}

function pipelineSource(): PersonalSource {
  return {
    room: "pipeline",
    collect: async (ctx, person) => [
      records(
        "pipeline",
        "lead",
        "pseudonymized",
        "Its course stays, for what forms and sources bring.",
        await leadData(ctx, { ids: person.leadIds, emails: [] }),
      ),
      records("pipeline", "conversation", "erased", "", await conversations(ctx, person)),
    ],
    erase: async (tx, person, name) => {
      await eraseLeads(tx, person, name);
      return person.leadIds;
    },
  };
}

const MONEY =
  "Who was paid is kept as long as commercial and tax law want it (ten years in most places); it is no one's to erase.";

function payeeSource(): PersonalSource {
  return {
    room: "payees",
    collect: async (ctx, person) => [
      records("payees", "payee_version", "kept", MONEY, await payeeMentions(ctx, person.emails)),
    ],
    erase: async () => [],
  };
}

function activityRetention(): RetentionSource {
  return {
    recordKind: "activity",
    room: "audit",
    least: 30,
    due: (ctx, before) => oldActivities(ctx.db, before),
    remove: (tx, before, limit) => removeActivities(tx.db, before, limit),
  };
}

function invitationRetention(): RetentionSource {
  return { recordKind: "invitation", room: "access", least: 7, due: oldInvitations, remove: removeOldInvitations };
}

function leadRetention(): RetentionSource {
  const MOST = 100_000;
  return {
    recordKind: "lost_lead",
    room: "pipeline",
    least: 30,
    due: async (ctx, before) => (await oldLostLeads(ctx, before, MOST)).length,
    remove: async (tx, before, limit, held) => {
      const old = await oldLostLeads(tx, before, limit + held.size);
      const leadIds = old.filter((id) => !held.has(id));
      if (leadIds.length > 0) await eraseLeads(tx, { leadIds, emails: [] }, "Forgotten lead");
      return leadIds.length;
    },
  };
}
