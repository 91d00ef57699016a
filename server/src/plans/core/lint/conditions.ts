import { compare, decimal, parseDecimal } from "../../../kernel/decimal.ts";
import { type Finding, finding, type Say } from "../findings.ts";
import { isNode, isText, join, type Node, type Place } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** Conditions that can never hold together, say the same twice, or look at days that the window has cut off. */
export function conditionsThatCannotHold({ places, components, say }: Linted): Finding[] {
  return [
    ...places.flatMap((place) => [
      ...emptyRange(place, say),
      ...emptySet(place, say),
      ...together(place, say),
      ...redundant(place, say),
      ...fromItself(place, say),
    ]),
    ...components.flatMap(({ component, path }) =>
      "window" in component && isNode(component.window)
        ? places
            .filter((place) => place.path.startsWith(`${path}.`) && place.field === "within")
            .flatMap((place) => narrower(place, component.window as Node, say))
        : [],
    ),
  ];
}

interface Range {
  readonly low?: string | undefined;
  readonly lowOpen: boolean;
  readonly high?: string | undefined;
  readonly highOpen: boolean;
}

function rangeOf(node: Node): Range {
  const text = (name: string) =>
    isText(node[name]) && parseDecimal(node[name]) !== undefined ? node[name] : undefined;
  return {
    low: text("atLeast") ?? text("moreThan"),
    lowOpen: text("moreThan") !== undefined,
    high: text("atMost") ?? text("lessThan"),
    highOpen: text("lessThan") !== undefined,
  };
}

function isEmpty({ low, lowOpen, high, highOpen }: Range): boolean {
  if (high === undefined) return false;
  const sign = compare(decimal(low ?? "0"), decimal(high));
  return sign > 0 || (sign === 0 && (highOpen || (low !== undefined && lowOpen)));
}

const never = (say: Say) =>
  say(
    "This can never hold, so the rule never applies.",
    "Esto nunca puede cumplirse, así que la regla nunca se aplica.",
  );

function emptyRange({ node, path }: Place, say: Say): Finding[] {
  const range = rangeOf(node);
  if (!isEmpty(range)) return [];
  return [
    finding(
      "error",
      "contradictory",
      path,
      range.low === undefined
        ? say(
            `Less than ${range.high} is never reached: such a number is never below zero.`,
            `Nunca es menor que ${range.high}: un número así nunca es inferior a cero.`,
          )
        : say(
            `At least ${range.low} and at most ${range.high}: no number is both.`,
            `Al menos ${range.low} y como máximo ${range.high}: ningún número es ambas cosas.`,
          ),
      never(say),
    ),
  ];
}

function emptySet({ node, path }: Place, say: Say): Finding[] {
  if (!isText(node.attribute) || !Array.isArray(node.in) || !Array.isArray(node.notIn)) return [];
  const notIn = node.notIn as readonly unknown[];
  if (!node.in.every((value) => notIn.includes(value))) return [];
  return [
    finding(
      "error",
      "contradictory",
      path,
      say(
        `${node.attribute} has to be one of ${node.in.join(", ")} and none of them.`,
        `${node.attribute} tiene que ser uno de ${node.in.join(", ")} y ninguno de ellos.`,
      ),
      never(say),
    ),
  ];
}

/** Conditions of one `all` on the same thing whose ranges or values have nothing in common. */
function together({ node, path }: Place, say: Say): Finding[] {
  if (!Array.isArray(node.all)) return [];
  const parts = (node.all as readonly unknown[]).filter(isNode);
  return parts.flatMap((later, index) =>
    parts.slice(0, index).flatMap((earlier, before) => {
      const clash = rangesClash(earlier, later) ?? valuesClash(earlier, later);
      if (clash === undefined) return [];
      return [
        finding(
          "error",
          "contradictory",
          join(`${path}.all`, index),
          say(
            `Conditions ${before + 1} and ${index + 1} contradict each other: ${clash}.`,
            `Las condiciones ${before + 1} y ${index + 1} se contradicen: ${clash}.`,
          ),
          never(say),
        ),
      ];
    }),
  );
}

/** What a condition is about, without its bounds. */
function subject(node: Node): string {
  const { atLeast: _a, moreThan: _b, atMost: _c, lessThan: _d, lasting: _e, in: _f, notIn: _g, ...rest } = node;
  return JSON.stringify(rest);
}

function rangesClash(one: Node, other: Node): string | undefined {
  if (one.metric === undefined && one.count === undefined) return undefined;
  if (subject(one) !== subject(other)) return undefined;
  const [a, b] = [rangeOf(one), rangeOf(other)];
  if (isEmpty({ ...a, high: b.high, highOpen: b.highOpen })) return `${a.low ?? "0"} – ${b.high}`;
  if (isEmpty({ ...b, high: a.high, highOpen: a.highOpen })) return `${b.low ?? "0"} – ${a.high}`;
  return undefined;
}

function valuesClash(one: Node, other: Node): string | undefined {
  if (!isText(one.attribute) || one.attribute !== other.attribute) return undefined;
  const list = (value: unknown) => (Array.isArray(value) ? (value as readonly string[]) : undefined);
  const [a, b] = [list(one.in), list(other.in)];
  if (a !== undefined && b !== undefined && !a.some((value) => b.includes(value)))
    return `${one.attribute} ${a.join(", ")} / ${b.join(", ")}`;
  for (const [only, not] of [
    [a, list(other.notIn)],
    [b, list(one.notIn)],
  ])
    if (only !== undefined && not !== undefined && only.every((value) => not.includes(value)))
      return `${one.attribute} ${only.join(", ")}`;
  return undefined;
}

/** The same condition twice in a list; deposits that the first deposit asked for beside them reaches already. */
function redundant({ node, path }: Place, say: Say): Finding[] {
  const [word, list] = Array.isArray(node.all)
    ? (["all", node.all] as const)
    : ["any", Array.isArray(node.any) ? node.any : []];
  const parts = list as readonly unknown[];
  const texts = parts.map((part) => JSON.stringify(part));
  const twice = texts.findIndex((text, index) => texts.indexOf(text) < index);
  const found: Finding[] = [];
  if (twice >= 0)
    found.push(
      finding(
        "warning",
        "redundant",
        join(`${path}.${word}`, twice),
        say("This condition stands there twice.", "Esta condición aparece dos veces."),
        say("Take one of them out.", "Quite una de ellas."),
      ),
    );
  const amount = (metric: string) => {
    const index = parts.findIndex(
      (part) =>
        isNode(part) &&
        part.metric === metric &&
        isText(part.atLeast) &&
        part.only === undefined &&
        part.within === undefined,
    );
    const part = parts[index];
    return isNode(part) && isText(part.atLeast) ? { index, atLeast: part.atLeast } : undefined;
  };
  const [first, sum] = [amount("first_deposit"), amount("deposits")];
  if (
    word !== "all" ||
    first === undefined ||
    sum === undefined ||
    compare(decimal(sum.atLeast), decimal(first.atLeast)) > 0
  )
    return found;
  found.push(
    finding(
      "warning",
      "redundant",
      `${path}.all[${sum.index}]`,
      say(
        `Deposits of ${sum.atLeast} in all are reached with a first deposit of ${first.atLeast} already.`,
        `Depósitos de ${sum.atLeast} en total ya se alcanzan con un primer depósito de ${first.atLeast}.`,
      ),
    ),
  );
  return found;
}

function narrower({ node: within, path }: Place, window: Node, say: Say): Finding[] {
  const unit = ["days", "businessDays", "hours", "months"].find(
    (name) => within[name] !== undefined && window[name] !== undefined,
  );
  if (unit === undefined || within.from !== window.from) return [];
  const [inner, outer] = [Number(within[unit]), Number(window[unit])];
  if (inner <= outer) return [];
  return [
    finding(
      "warning",
      "unreachable",
      path,
      say(
        `${unit} ${outer + 1} to ${inner} of this condition can never count: the component's window ends before.`,
        `${unit} ${outer + 1} a ${inner} de esta condición nunca pueden contar: el plazo del componente termina antes.`,
      ),
      say(
        "Make the condition's window no longer than the component's.",
        "No haga el plazo de la condición más largo que el del componente.",
      ),
    ),
  ];
}

/** A registration within thirty days of registration always is. */
function fromItself({ node, path }: Place, say: Say): Finding[] {
  if (!isText(node.milestone) || !isNode(node.within) || node.within.from !== node.milestone) return [];
  return [
    finding(
      "hint",
      "without_effect",
      `${path}.within`,
      say(
        `A window from ${node.milestone} for ${node.milestone} itself says nothing.`,
        `Un plazo desde ${node.milestone} para el propio ${node.milestone} no dice nada.`,
      ),
    ),
  ];
}
