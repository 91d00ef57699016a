import { Refusal } from "./refusal.ts";

/** Nothing there, or nothing that this caller may see: both read the same, so that nobody can probe for ids. */
export function notFound(kind: string, id: string): Refusal {
  return new Refusal("not_found", `There is no ${kind} ${id} that you may see.`);
}

/** The record was changed since the caller read it. */
export function changedMeanwhile(kind: string, seen: number): Refusal {
  return new Refusal("conflict", `This ${kind} was changed after you opened it (you had revision ${seen}).`, [
    {
      field: "revision",
      value: String(seen),
      message: "is not the newest",
      hint: "Read it again and repeat your change.",
    },
  ]);
}

/** One field is wrong. */
export function invalid(field: string, value: string, message: string, hint?: string): Refusal {
  const complaint = { field, value, message, ...(hint === undefined ? {} : { hint }) };
  return new Refusal("invalid_input", `${field} ${message}${hint ? `: ${hint}` : ""}`, [complaint]);
}
