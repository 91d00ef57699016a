import type { GateCondition, ProcedureDefinition, ProcedureStage, ProcedureTask } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { conditionKey, textIn } from "./conditions.ts";

/** One thing that two versions differ in, as a plain sentence. */
export interface Difference {
  readonly sign: "+" | "-" | "~";
  readonly path: string;
  readonly sentence: string;
}

/** What changed from one version to the next, in the order of the newer one. */
export function differences(before: ProcedureDefinition, now: ProcedureDefinition): readonly Difference[] {
  const head = fields(before, now, "", "The procedure", ["stages", "procedure"]);
  const olds = new Map(before.stages.map((stage) => [stage.key, stage]));
  const stages = now.stages.flatMap((stage) => {
    const old = olds.get(stage.key);
    const title = `Stage "${textIn(stage.title, "en")}"`;
    if (old === undefined) return [{ sign: "+", path: stage.key, sentence: `${title} is new.` } as const];
    return stageDifferences(old, stage, title);
  });
  const keys = new Set(now.stages.map(({ key }) => key));
  const gone = before.stages
    .filter(({ key }) => !keys.has(key))
    .map(
      ({ key, title }): Difference => ({ sign: "-", path: key, sentence: `Stage "${textIn(title, "en")}" is gone.` }),
    );
  return [...head, ...stages, ...gone, ...order(before, now, keys)];
}

function order(
  before: ProcedureDefinition,
  now: ProcedureDefinition,
  keys: ReadonlySet<string>,
): readonly Difference[] {
  const olds = new Set(before.stages.map(({ key }) => key));
  const was = before.stages.map(({ key }) => key).filter((key) => keys.has(key));
  const is = now.stages.map(({ key }) => key).filter((key) => olds.has(key));
  if (was.join() === is.join()) return [];
  return [{ sign: "~", path: "stages", sentence: `The stages come in another order: ${is.join(", ")}.` }];
}

function stageDifferences(old: ProcedureStage, now: ProcedureStage, title: string): readonly Difference[] {
  return [
    ...fields(old, now, now.key, title, ["tasks", "gate", "key"]),
    ...listed(old.tasks, now.tasks, now.key, title, {
      key: (task: ProcedureTask) => task.key,
      words: (task) => `task "${textIn(task.title, "en")}"`,
    }),
    ...listed(old.gate, now.gate, now.key, title, { key: conditionKey, words: conditionWords }),
  ];
}

/** A condition in words: `decision "Ready to launch"`, `condition documents.complete`. */
function conditionWords(condition: GateCondition): string {
  return "decision" in condition
    ? `decision "${textIn(condition.title, "en")}"`
    : `condition ${conditionKey(condition)}`;
}

function listed<T extends object>(
  old: readonly T[],
  now: readonly T[],
  path: string,
  title: string,
  named: { readonly key: (one: T) => string; readonly words: (one: T) => string },
): readonly Difference[] {
  const olds = new Map(old.map((one) => [named.key(one), one]));
  const keys = new Set(now.map(named.key));
  const changed = now.flatMap((one): readonly Difference[] => {
    const was = olds.get(named.key(one));
    const at = `${path}.${named.key(one)}`;
    if (was === undefined) return [{ sign: "+", path: at, sentence: `${title} has a new ${named.words(one)}.` }];
    return fields(was, one, at, `${title}, ${named.words(one)}`, ["key", "decision", "fact", "with"]);
  });
  const gone = old
    .filter((one) => !keys.has(named.key(one)))
    .map((one): Difference => {
      return {
        sign: "-",
        path: `${path}.${named.key(one)}`,
        sentence: `${title} has no ${named.words(one)} any more.`,
      };
    });
  return [...changed, ...gone];
}

function fields(
  old: object,
  now: object,
  path: string,
  title: string,
  aside: readonly string[],
): readonly Difference[] {
  const was = old as Readonly<Record<string, unknown>>;
  const is = now as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => !aside.includes(field) && canonicalJson(was[field]) !== canonicalJson(is[field]))
    .map((field): Difference => {
      const at = path === "" ? field : `${path}.${field}`;
      return { sign: "~", path: at, sentence: `${title}: ${field} ${fromTo(was[field], is[field])}.` };
    });
}

const LONGEST = 120;

function fromTo(was: unknown, is: unknown): string {
  const [one, other] = [plain(was), plain(is)];
  if (one.length + other.length > LONGEST) return "is changed";
  if (was === undefined) return `is ${other} now`;
  if (is === undefined) return `${one} is taken away`;
  return `is ${other} instead of ${one}`;
}

function plain(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(plain).join(", ");
  if (value !== null && typeof value === "object")
    return Object.entries(value)
      .map(([key, one]) => `${key} ${typeof one === "object" ? plain(one) : String(one)}`)
      .join(", ");
  return String(value);
}
