import { type Finding, finding } from "../findings.ts";
import { isText } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** Bases that are made of each other, or whose own rates look at them: they have no value. */
export function baseCycles({ plan, places, say }: Linted): Finding[] {
  const names = Object.keys(plan.bases ?? {});
  const uses = new Map(
    names.map((name) => {
      const inside = places.filter(({ path }) => path.startsWith(`bases.${name}.`));
      return [name, new Set(inside.flatMap(({ node }) => (isText(node.base) ? [node.base] : [])))];
    }),
  );
  return names.flatMap((name) => {
    const way = wayBack(name, uses);
    // A circle is told once, at the first of its bases.
    if (way === undefined || way.some((one) => names.indexOf(one) < names.indexOf(name))) return [];
    return [
      finding(
        "error",
        "cycle",
        `bases.${name}`,
        say(
          `These bases are made of each other: ${[...way, name].join(" → ")}.`,
          `Estas bases se componen unas de otras: ${[...way, name].join(" → ")}.`,
        ),
        say(
          "A base can only be made of bases that do without it.",
          "Una base solo puede componerse de bases que no la necesiten.",
        ),
      ),
    ];
  });
}

/** The way from a base back to itself. */
function wayBack(start: string, uses: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const seen = new Set<string>();
  const walk = (name: string, way: readonly string[]): string[] | undefined => {
    for (const next of uses.get(name) ?? []) {
      if (next === start) return [...way];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(start, [start]);
}
