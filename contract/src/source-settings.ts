import { z } from "zod";
import { pageOf } from "./page.ts";
import { PLATFORMS } from "./platforms.ts";

/** The platforms whose calls a source of events may be told in. The first is the house's own way of postbacks. */
export const SourceDialect = z.enum(["tributary", ...PLATFORMS, "generic"]);
export type SourceDialect = z.infer<typeof SourceDialect>;

/** `count` it happened, `void` it never happened or no longer, `ignore` it is logged and no more. */
export const StatusMeaning = z.enum(["count", "void", "ignore"]);
export type StatusMeaning = z.infer<typeof StatusMeaning>;

const Word = z.string().trim().min(1).max(100);
const LowerWord = z.string().trim().toLowerCase().min(1).max(100);
const EventType = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9_.-]{1,64}$/, "an event type of the program, or ignore");

/** At most so many entries of each kind. */
const MOST = 500;
const table = <V extends z.ZodType>(name: z.ZodString, value: V) =>
  z.record(name, value).refine((entries) => Object.keys(entries).length <= MOST, `at most ${MOST} entries`);

const Address = z
  .string()
  .trim()
  .max(60)
  .refine((text) => z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(text).success, {
    message: "an address or a range, e.g. 203.0.113.7 or 203.0.113.0/24",
  });

/** What the words of another platform mean for a source of events, and who may call. */
export const SourceSettings = z.object({
  events: table(LowerWord, EventType)
    .default({})
    .describe("event type of the program, or ignore, by the platform's goal or event (case does not matter)"),
  baseEvent: EventType.nullable().default(null).describe("event type of a call that names no goal; null: sale"),
  statuses: table(LowerWord, StatusMeaning)
    .default({})
    .describe("what a status of the platform means, where it differs from the dialect's own reading"),
  offers: z
    .array(Word)
    .max(MOST)
    .default([])
    .describe("offers, campaigns or programs of the platform that are this source's; empty: any"),
  partners: table(Word, Word).default({}).describe("partner's id or code here by its id at the platform"),
  customerParameter: Word.nullable()
    .default(null)
    .describe(
      "parameter that carries your id of the customer; null: as the dialect says, else the click stands for it",
    ),
  orderParameter: Word.nullable()
    .default(null)
    .describe(
      "parameter that carries your id of the event; null: as the dialect says, else one event per click and goal",
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "three capital letters")
    .nullable()
    .default(null)
    .describe("currency of amounts that name none; null: the program's"),
  account: Word.nullable()
    .default(null)
    .describe("id of your account at the platform (network id, Account SID …); calls that name another are refused"),
  withoutToken: z
    .boolean()
    .default(false)
    .describe("calls without any token are let in, for platforms that know none; better with addresses"),
  addresses: z
    .array(Address)
    .max(100)
    .default([])
    .describe("addresses and ranges that calls may come from; empty: any"),
});
export type SourceSettings = z.output<typeof SourceSettings>;

/** A platform whose calls a source may be told in. */
export const SourceDialectFacts = z.object({
  name: SourceDialect,
  title: z.string().describe("the platform's own name"),
  addresses: z.array(
    z.object({
      path: z.string().describe("the platform's own path; a segment that varies is written :name"),
      methods: z.array(z.string()),
      needs: z.array(z.string()).describe("parameters that have to be there for the address to be meant"),
      what: z.string().describe("what is told there, in English"),
    }),
  ),
  tokenParameters: z
    .array(z.string())
    .describe("parameters in which its calls carry their token; empty: a header, or none"),
  signs: z.boolean().describe("its calls are signed: its signing secret has to be entered"),
  mayLackToken: z.boolean().describe("its calls may carry no token at all"),
  limits: z.array(z.string()).describe("what is not understood, in English"),
});
export type SourceDialectFacts = z.infer<typeof SourceDialectFacts>;
export const SourceDialectPage = pageOf(SourceDialectFacts);
