import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** Where the fact of a case comes from: the platform's own document, our catalogue of the field, or what is known from use only. */
const Fact = z.enum(["document", "catalogue", "field", "ours"]);

const Call = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]).default("GET"),
  /**
   * with its query; `<click>` is a click id issued here, `<token>` the credential of the existing integration, `<own>` the source's own
   * token, `<receipt>` the receipt of the step before
   */
  path: z.string().startsWith("/"),
  headers: z.record(z.string(), z.string()).default({}),
  form: z.record(z.string(), z.string()).optional(),
  json: z.unknown().optional(),
  text: z.string().optional(),
  /** an example of ../shared/data in place of `json`: file and JSON pointer; what `set` names is put over it */
  example: z
    .strictObject({ file: z.string(), pointer: z.string(), set: z.record(z.string(), z.unknown()).default({}) })
    .optional(),
  /** host that is called; the program's tracking domain when not given */
  host: z.string().optional(),
});

/** What a stored event has to hold; what is not named is not looked at. */
const Expected = z.looseObject({ type: z.string() });

const Step = z.strictObject({
  call: Call,
  /** the events that the log holds of the call, in order; `refused` names the error code of a line in place of an event */
  events: z
    .array(z.union([Expected, z.strictObject({ refused: z.string(), field: z.string().optional() })]))
    .optional(),
  /** what the click or impression that the log holds of the call has to hold; what is not named is not looked at */
  visit: z.looseObject({ verdict: z.string() }).optional(),
  /** error code of the call as a whole */
  refused: z.string().optional(),
  answer: z.strictObject({
    status: z.number().int(),
    body: z.string().optional(),
    json: z.record(z.string(), z.unknown()).optional(),
    type: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
});

const DialectCase = z.strictObject({
  id: z.string().regex(/^[A-Z]{2,3}\d{2}$/),
  title: z.string(),
  fact: Fact,
  /** the document, or the place in the catalogue */
  source: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  /** the credential of the existing integration; `none`: the source has none */
  incumbent: z.enum(["token", "none"]).default("token"),
  steps: z.array(Step).min(1),
  /** fates of all lines of all steps, in order, after they were processed */
  fates: z.array(z.string()).optional(),
});

const CaseFile = z.strictObject({ dialect: z.string(), cases: z.array(DialectCase) });

export type DialectCase = z.output<typeof DialectCase>;
export type DialectStep = z.output<typeof Step>;
export type DialectCaseFile = z.output<typeof CaseFile>;

const FOLDER = join(import.meta.dirname, "../../../test/dialects");

/** The case table of the listeners: what every documented call has to give. */
export function dialectCases(): readonly DialectCaseFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => {
      const read = CaseFile.safeParse(parse(readFileSync(join(FOLDER, name), "utf8")));
      if (!read.success) throw new Error(`${name}: ${z.prettifyError(read.error)}`);
      return read.data;
    });
}
