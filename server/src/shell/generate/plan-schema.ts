import { PlanDocument } from "@tributary/contract";
import { z } from "zod";

/** The plan language as JSON Schema, of a plan as people write it: for editors and for programs that write plans. */
export function planSchema(): string {
  const schema = z.toJSONSchema(PlanDocument, { io: "input", reused: "ref", unrepresentable: "any" });
  return `${JSON.stringify({ title: "Tributary commission plan", ...schema }, null, 2)}\n`;
}
