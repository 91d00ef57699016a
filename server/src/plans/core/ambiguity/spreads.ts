import type { Place } from "../walk.ts";
import type { Question } from "./question.ts";

const isSpread = ({ path }: Place) => /^components\[\d+\]\.spread$/.test(path);

/** What a share of the spread leaves open. */
export const SPREADS: readonly Question[] = [
  {
    asks: (place) => isSpread(place) && place.node.from === "points",
    missing: "pointValue",
    words: (say) => [
      say(
        'The spread from points: give "pointValue", of one point and lot.',
        'El spread en puntos: indique "pointValue", el valor de un punto y lote.',
      ),
      say("a point is worth one of the plan's currency a lot", "un punto vale uno de la moneda del plan por lote"),
      say("a point is worth what the trade says", "un punto vale lo que diga la operación"),
    ],
  },
  {
    asks: isSpread,
    missing: "from",
    words: (say) => [
      say(
        'The plan does not say what the spread is: give "from": "measure", "prices" or "points".',
        'El plan no dice qué es el spread: indique "from": "measure", "prices" o "points".',
      ),
      say("the amount that the trade carries", "el importe que lleva la operación"),
      say("(ask − bid) × contract × lots", "(ask − bid) × contrato × lotes"),
    ],
  },
];
