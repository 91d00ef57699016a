import { type Component, PlanDocument, type Qualification } from "@tributary/contract";
import { compare, decimal } from "../../kernel/decimal.ts";
import { type Currency, exponent, parseCurrency } from "../../kernel/money.ts";
import { ambiguities } from "./ambiguity.ts";
import { type Finding, finding } from "./findings.ts";

export type PlanCheck =
  | { readonly valid: true; readonly plan: PlanDocument; readonly findings: readonly Finding[] }
  | { readonly valid: false; readonly findings: readonly Finding[] };

/**
 * The linter: is this a plan that can be read in one way only? The plan comes back with every default written out; warnings do not make it
 * invalid.
 */
export function checkPlan(document: unknown): PlanCheck {
  const unclear = ambiguities(document);
  const parsed = PlanDocument.safeParse(document);
  if (!parsed.success) {
    const unclearPaths = new Set(unclear.map((one) => one.path));
    const broken = parsed.error.issues
      .map((issue) => finding("error", "not_a_plan", pathOf(issue.path), issue.message))
      .filter((one) => ![...unclearPaths].some((path) => one.path === path || one.path.startsWith(`${path}.`)));
    return { valid: false, findings: [...unclear, ...broken] };
  }
  const findings = [...unclear, ...sense(parsed.data)];
  const valid = findings.every((one) => one.severity !== "error");
  return valid ? { valid, plan: parsed.data, findings } : { valid, findings };
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

function sense(plan: PlanDocument): Finding[] {
  const currency = parseCurrency(plan.currency);
  if (currency === undefined)
    return [finding("error", "unknown_currency", "currency", `${plan.currency} is not an ISO 4217 currency.`)];
  const found: Finding[] = [];
  const codes = plan.components.map((component) => component.code);
  plan.components.forEach((component, index) => {
    const path = `components[${index}]`;
    if (codes.indexOf(component.code) !== index)
      found.push(finding("error", "duplicate_code", `${path}.code`, `Two components are called ${component.code}.`));
    found.push(...ofComponent(component, path, currency));
  });
  return found;
}

function ofComponent(component: Component, path: string, currency: Currency): Finding[] {
  if (component.model === "revenue_share") {
    return decimal(component.rate).units === 0n
      ? [finding("warning", "pays_nothing", `${path}.rate`, "The rate is zero: this component never pays.")]
      : [];
  }
  const found = placesOf(component.amount, `${path}.amount`, currency);
  if (decimal(component.amount).units === 0n)
    found.push(finding("warning", "pays_nothing", `${path}.amount`, "The amount is zero: this component never pays."));
  walk(component.qualification, `${path}.qualification`, (node, at) => {
    if ("metric" in node) found.push(...placesOf(node.atLeast, `${at}.atLeast`, currency));
    if ("within" in node && node.within !== undefined && component.window !== "none")
      found.push(...narrower(node.within, component.window, at));
    if ("all" in node || "any" in node) found.push(...redundant("all" in node ? node.all : node.any, at));
  });
  return found;
}

function placesOf(amount: string, path: string, currency: Currency): Finding[] {
  const places = exponent(currency);
  const written = amount.split(".")[1]?.replace(/0+$/, "").length ?? 0;
  if (written <= places) return [];
  const message = `${amount} has more decimals than ${currency} (${places}).`;
  return [finding("error", "too_many_decimals", path, message)];
}

type WindowValue = { readonly from: string; readonly days: number };

function narrower(within: WindowValue, window: WindowValue, path: string): Finding[] {
  if (within.from !== window.from || within.days <= window.days) return [];
  const message = `Days ${window.days + 1} to ${within.days} of this condition can never count: the component's window ends before.`;
  return [finding("warning", "unreachable", `${path}.within`, message)];
}

/** A sum of all deposits that is no more than the first deposit asked for beside it says nothing of its own. */
function redundant(nodes: readonly Qualification[], path: string): Finding[] {
  const first = nodes.find((node) => "metric" in node && node.metric === "first_deposit");
  const sum = nodes.find((node) => "metric" in node && node.metric === "deposits");
  if (first === undefined || sum === undefined || !("atLeast" in first) || !("atLeast" in sum)) return [];
  if (compare(decimal(sum.atLeast), decimal(first.atLeast)) > 0) return [];
  const message = `Deposits of ${sum.atLeast} in all are reached with a first deposit of ${first.atLeast} already.`;
  return [finding("warning", "redundant", path, message)];
}

function walk(node: Qualification, path: string, visit: (node: Qualification, path: string) => void): void {
  visit(node, path);
  const word = "all" in node ? "all" : "any" in node ? "any" : undefined;
  if (word === undefined) return;
  const children = (node as Record<string, readonly Qualification[]>)[word] ?? [];
  children.forEach((child, index) => {
    walk(child, `${path}.${word}[${index}]`, visit);
  });
}
