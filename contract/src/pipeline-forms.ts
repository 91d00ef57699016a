import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { Texts } from "./pipeline.ts";
import { Name, Revision } from "./programs.ts";
import { Instant } from "./values.ts";

/** Where an answer goes: a field of the lead, or `answer`: kept as the answer to the question. */
export const QUESTION_FIELDS = [
  "name",
  "contactName",
  "email",
  "phone",
  "website",
  "country",
  "kind",
  "vertical",
  "telegram",
  "skype",
  "expectedFtds",
  "note",
  "answer",
] as const;
export const QUESTION_KINDS = [
  "text",
  "long_text",
  "email",
  "phone",
  "url",
  "number",
  "country",
  "choice",
  "choices",
  "consent",
] as const;

export const FormQuestion = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "a lower-case letter, then letters, digits and underscores"),
  kind: z.enum(QUESTION_KINDS),
  field: z.enum(QUESTION_FIELDS).default("answer"),
  required: z.boolean().default(false),
  label: Texts,
  hint: z.record(z.string(), z.string().max(500)).default({}),
  choices: z
    .array(z.object({ value: z.string().trim().min(1).max(80), label: Texts }))
    .max(60)
    .default([]),
});
export type FormQuestion = z.infer<typeof FormQuestion>;

export const FORM_LANGUAGES = ["en", "es", "pt", "de", "fr", "it", "pl", "ar", "tr", "ru"] as const;
export const FormLanguage = z.enum(FORM_LANGUAGES);

export const FormDefinition = z.object({
  languages: z.array(FormLanguage).min(1).max(10),
  title: Texts,
  intro: z.record(z.string(), z.string().max(4000)).default({}),
  thanks: z.record(z.string(), z.string().max(4000)).default({}),
  questions: z.array(FormQuestion).min(1).max(60),
  confirmEmail: z.boolean().default(true).describe("the lead counts once the e-mail address is confirmed"),
  minimumSeconds: z.coerce.number().int().min(0).max(120).default(4).describe("nobody fills it in faster"),
  source: z.string().trim().max(80).default("").describe("what is noted as source where the link names none"),
});
export type FormDefinition = z.infer<typeof FormDefinition>;

const Address = z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/, "3 to 60 lower-case letters, digits and hyphens");
const Origins = z.array(z.string().regex(/^https?:\/\/[^/\s;,'"]+$/, "an origin like https://www.example.com")).max(20);

export const ApplicationForm = z.object({
  id: z.string(),
  programId: z.string(),
  address: Address,
  url: z.string(),
  name: z.string(),
  active: z.boolean(),
  version: z.int(),
  framedBy: z.array(z.string()),
  applications: z.int(),
  createdAt: Instant,
  revision: Revision,
});
export type ApplicationForm = z.infer<typeof ApplicationForm>;
export const ApplicationFormDetail = ApplicationForm.extend({ definition: FormDefinition });
export type ApplicationFormDetail = z.infer<typeof ApplicationFormDetail>;
export const ApplicationFormQuery = PageQuery.extend({ programId: z.string().max(60).optional() });
export type ApplicationFormQuery = z.output<typeof ApplicationFormQuery>;
export const ApplicationFormPage = pageOf(ApplicationForm);

export const NewApplicationForm = z.object({
  programId: z.string().max(60),
  address: Address,
  name: Name,
  framedBy: Origins.default([]),
  definition: FormDefinition,
});
export type NewApplicationForm = z.input<typeof NewApplicationForm>;
export const ApplicationFormChange = z.object({
  revision: Revision,
  name: Name.optional(),
  active: z.boolean().optional(),
  framedBy: Origins.optional(),
  definition: FormDefinition.optional().describe("another one makes a new version"),
});
export type ApplicationFormChange = z.infer<typeof ApplicationFormChange>;

const Challenge = z.object({
  parameters: z.object({
    algorithm: z.string(),
    nonce: z.string(),
    salt: z.string(),
    cost: z.number(),
    keyLength: z.number(),
    keyPrefix: z.string(),
    expiresAt: z.number().optional(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  }),
  signature: z.string(),
});

/** What the page of a form shows, in one language. */
export const PublicForm = z.object({
  address: z.string(),
  version: z.int(),
  language: z.string(),
  languages: z.array(z.string()),
  program: z.string(),
  title: z.string(),
  intro: z.string(),
  recruiter: z.string().describe("name of who recruited, empty: nobody"),
  questions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(QUESTION_KINDS),
      required: z.boolean(),
      label: z.string(),
      hint: z.string(),
      choices: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
  challenge: Challenge.describe("signed, with the time it was given; its solution goes with the application"),
});
export type PublicForm = z.infer<typeof PublicForm>;

export const Application = z.object({
  version: z.int().min(1),
  language: z.string().max(10),
  answers: z.record(z.string().max(60), z.union([z.string().max(10_000), z.array(z.string().max(200)).max(60)])),
  ref: z.string().trim().max(100).default(""),
  source: z.string().trim().max(500).default(""),
  address2: z.string().max(500).default("").describe("a field that people do not see: left empty"),
  proof: z.object({
    challenge: Challenge,
    solution: z.object({ counter: z.number(), derivedKey: z.string().max(200) }),
  }),
});
export type Application = z.input<typeof Application>;
export const ApplicationAnswer = z.object({
  outcome: z.enum(["received", "confirm", "too_early"]),
  title: z.string(),
  text: z.string(),
  hints: z.array(z.string()),
});
export type ApplicationAnswer = z.infer<typeof ApplicationAnswer>;
export const ApplicationConfirmation = z.object({ token: z.string().min(20).max(100) });
