import { type Finding, finding, type Say } from "./findings.ts";
import { isNode, join, type Place, places } from "./walk.ts";

/** What has its place in the language, but not where it stands: the schema would only say that something else is wanted there. */
export function misplaced(document: unknown, say: Say): Finding[] {
  return places(document).flatMap((place) => [...tiersInTable(place, say), ...severalMetrics(place, say)]);
}

function tiersInTable({ node, path }: Place, say: Say): Finding[] {
  if (!Array.isArray(node.rows)) return [];
  const cells = [
    ...(node.rows as readonly unknown[]).map((row, index) => ({
      value: isNode(row) ? row.value : undefined,
      at: `${join(path, "rows")}[${index}].value`,
    })),
    { value: node.otherwise, at: join(path, "otherwise") },
  ];
  return cells.flatMap(({ value, at }) =>
    isNode(value) && (Array.isArray(value.bands) || Array.isArray(value.rows))
      ? [
          finding(
            "error",
            "not_a_plan",
            at,
            say(
              "Tiers and tables cannot stand in a row of a table.",
              "Los tramos y las tablas no pueden estar en la fila de una tabla.",
            ),
            say(
              'Turn it round: a table may stand in a band, { metric, mode, bounds, bands: [{ from: 0, value: { rows: [{ when: { country: [DE] }, value: 120 }], otherwise: 25 } }] }; where rows need bands of their own, write a component for each, with "only" and "except".',
              'Déle la vuelta: una tabla puede estar en un tramo, { metric, mode, bounds, bands: [{ from: 0, value: { rows: [{ when: { country: [DE] }, value: 120 }], otherwise: 25 } }] }; si las filas necesitan tramos propios, escriba un componente para cada una, con "only" y "except".',
            ),
          ),
        ]
      : [],
  );
}

/** `any` and `all` join conditions; a tier goes by one number. */
function severalMetrics({ node, path }: Place, say: Say): Finding[] {
  const { metric } = node;
  if (!isNode(metric) || !["any", "all"].some((name) => Array.isArray(metric[name]))) return [];
  return [
    finding(
      "error",
      "not_a_plan",
      join(path, "metric"),
      say(
        'A metric is one number; "any" and "all" join conditions.',
        'Una métrica es un solo número; "any" y "all" unen condiciones.',
      ),
      say(
        "Where all targets have to be reached, give the band a needs: { all: [ … ] }. Where one of them is enough, write the higher value and put the lower one in the gate: rate: 0.30, gate: { needs: { any: [{ metric: { sum: lots }, atLeast: 100 }, { metric: { count: first_deposits }, atLeast: 10 }] }, otherwise: { value: 0.25 } }.",
        "Si hay que alcanzar todos los objetivos, dé al tramo needs: { all: [ … ] }. Si basta uno, escriba el valor mayor y ponga el menor en la condición: rate: 0.30, gate: { needs: { any: [{ metric: { sum: lots }, atLeast: 100 }, { metric: { count: first_deposits }, atLeast: 10 }] }, otherwise: { value: 0.25 } }.",
      ),
    ),
  ];
}
