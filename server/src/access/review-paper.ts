import type { AccessReview } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { type Content, fineLines, type Paper, pdfOf } from "../paper/paper.ts";
import type { Actor } from "./contracts.ts";
import { getReview } from "./reviews.ts";
import * as store from "./store/reviews.ts";
import { userNames } from "./users.ts";

type Language = "en" | "es";
const GREY = "#5a6577";
const STYLES: Paper["styles"] = {
  title: { fontSize: 18, bold: true, margin: [0, 0, 0, 8] },
  head: { color: GREY, fontSize: 7.5 },
  facts: { color: GREY, margin: [0, 0, 0, 12] },
  foot: { fontSize: 7.5, color: GREY },
};

const WORDS = {
  en: {
    ...{ title: "Access review", due: "due on", opened: "opened", closed: "closed", open: "not closed yet" },
    ...{ grants: "roles", revoked: "taken away", undecided: "undecided", everything: "everything", unused: "never" },
    columns: ["Person", "Role", "Holds for", "Since, by", "Last used", "Duties in one hand", "Decision", "By, on"],
    decision: { confirm: "confirmed", revoke: "taken away", none: "–" },
  },
  es: {
    ...{ title: "Revisión de accesos", due: "vence el", opened: "abierta", closed: "cerrada", open: "aún sin cerrar" },
    ...{ grants: "roles", revoked: "retirados", undecided: "sin decidir", everything: "todo", unused: "nunca" },
    columns: [
      "Persona",
      "Rol",
      "Vale para",
      "Desde, por",
      "Último uso",
      "Funciones en una mano",
      "Decisión",
      "Por, el",
    ],
    decision: { confirm: "confirmado", revoke: "retirado", none: "–" },
  },
} as const;

/** What a review looked at and decided, as a PDF to hand to whoever inspects: the same review is the same file. @throws Refusal `not_found`, `forbidden` */
export async function reviewDocument(
  ctx: Context,
  actor: Actor,
  id: string,
  language: Language,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const review = await getReview(ctx, actor, id);
  const row = await store.reviewRow(ctx.db, id);
  if (row === undefined) throw notFound("access review", id);
  const items = await store.allItems(ctx.db, id);
  const people = new Set(items.flatMap((one) => [one.user_id, one.granted_by, one.decided_by ?? one.user_id]));
  const names = await userNames(ctx, [...people, row.created_by]);
  const nameOf = (person: string): string => names.get(person) ?? person;
  const words = WORDS[language];
  const day = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? "–";
  const body = items.map((one) => [
    nameOf(one.user_id),
    one.role.replaceAll("_", " "),
    one.scope_kind === "everything" ? words.everything : `${one.scope_kind} ${one.scope_id ?? ""}`,
    `${day(one.granted_at)}, ${nameOf(one.granted_by)}`,
    one.last_used ?? words.unused,
    one.conflicts.map((duty) => duty.replaceAll("_", " ")).join(", ") || "–",
    [words.decision[(one.decision ?? "none") as "confirm" | "revoke" | "none"], one.reason].filter(Boolean).join(": "),
    one.decided_by === null ? "–" : `${nameOf(one.decided_by)}, ${day(one.decided_at)}`,
  ]);
  const writtenAt = row.closed_at ?? ctx.clock.now();
  const bytes = await pdfOf({
    ...{ title: `${words.title}: ${review.name}`, subject: id, language, writtenAt, margins: [36, 40, 36, 50] },
    foot: `${id} · ${writtenAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    text: { fontSize: 8, lineHeight: 1.2 },
    styles: STYLES,
    content: [
      { text: `${words.title}: ${review.name}`, style: "title" },
      { text: factsOf(review, nameOf(row.created_by), words), style: "facts" },
      table(words.columns, body),
    ],
  });
  return { name: `access-review-${id}.pdf`, bytes };
}

function factsOf(review: AccessReview, by: string, words: (typeof WORDS)[Language]): string {
  const day = (at: string): string => at.slice(0, 10);
  return [
    `${words.opened} ${day(review.createdAt)}, ${by}`,
    `${words.due} ${review.dueOn}`,
    review.closedAt === null ? words.open : `${words.closed} ${day(review.closedAt)}`,
    `${review.grants} ${words.grants}, ${review.revoked} ${words.revoked}, ${review.undecided} ${words.undecided}`,
  ].join(" · ");
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): Content {
  const head = columns.map((text): Content => ({ text, style: "head" }));
  return {
    layout: fineLines({ beside: 5, above: 3 }),
    table: { headerRows: 1, widths: [70, 62, 58, 66, 46, 60, "*", 56], body: [head, ...rows.map((row) => [...row])] },
  };
}
