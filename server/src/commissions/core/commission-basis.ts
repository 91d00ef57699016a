import { add, type Decimal, ZERO } from "../../kernel/decimal.ts";
import type { ComponentRun } from "./component-run.ts";

/** Components that a fee or a bonus looks at: those it names, else all but itself and the models that are `never` part of a basis. */
export function codesOf(run: ComponentRun, of: "all" | readonly string[], never: readonly string[]): string[] {
  if (of !== "all") return of.filter((code) => code !== run.component.code);
  const before = run.facts.earned.filter((one) => one.partnerId === run.facts.partnerId);
  const known = [
    ...run.plan.components.map(({ code, model }) => ({ code, model: String(model) })),
    ...run.earlier.map(({ component }) => ({ code: component.code, model: String(component.model) })),
    ...before.map(({ component, model }) => ({ code: component, model })),
  ];
  const left = new Set(known.filter(({ model }) => never.includes(model)).map(({ code }) => code));
  const codes = known.map(({ code }) => code).filter((code) => code !== run.component.code && !left.has(code));
  return [...new Set(codes)].sort();
}

/**
 * What components came to in the month, before it is rounded.
 * @param own only under this version of the agreement; else also what other versions of the same month paid
 */
export function earnedNow(run: ComponentRun, codes: readonly string[], own: boolean): Decimal {
  return run.earlier
    .filter(({ component }) => codes.includes(component.code) && (!own || run.plan.components.includes(component)))
    .flatMap(({ result }) => result.drafts)
    .reduce((sum, draft) => add(sum, draft.value), ZERO);
}

/** Whether what is paid once was paid in an earlier month: the component remembers it, or the books know it. */
export function wasPaidBefore(run: ComponentRun): boolean {
  if (run.state.paid !== undefined) return true;
  const { facts, component, month } = run;
  return facts.earned.some(
    (one) =>
      one.partnerId === facts.partnerId &&
      one.component === component.code &&
      one.month < month &&
      one.value.units > 0n,
  );
}
