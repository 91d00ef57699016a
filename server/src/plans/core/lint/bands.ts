import { compare, type Decimal, decimal, formatDecimal, multiply } from "../../../kernel/decimal.ts";
import { type Finding, finding, type Say } from "../findings.ts";
import { isText, type Place } from "../walk.ts";
import type { Linted } from "./linted.ts";

interface Band {
  readonly from: string;
  readonly value: unknown;
  readonly needs?: unknown;
}

/** Bands that go up, each once; and what happens to the amount where one ends and the next begins. */
export function bandsInOrder({ places, plan, say }: Linted): Finding[] {
  return places
    .filter(({ node }) => Array.isArray(node.bands))
    .flatMap((place) => {
      const bands = place.node.bands as readonly Band[];
      return bands.slice(1).flatMap((band, index) => {
        const below = bands[index];
        const path = `${place.path}.bands[${index + 1}]`;
        if (below === undefined) return [];
        return [...order(below, band, path, say), ...falls(place, below, band, path, plan.currency, say)];
      });
    });
}

function order(below: Band, band: Band, path: string, say: Say): Finding[] {
  const sign = compare(decimal(band.from), decimal(below.from));
  if (sign > 0) return [];
  return [
    finding(
      "error",
      "bands_out_of_order",
      `${path}.from`,
      sign === 0
        ? say(
            `Two bands begin at ${band.from}: only one of them can apply.`,
            `Dos tramos empiezan en ${band.from}: solo puede aplicarse uno.`,
          )
        : say(
            `The band from ${band.from} stands after the one from ${below.from}.`,
            `El tramo desde ${band.from} está después del tramo desde ${below.from}.`,
          ),
      say("Let the bands begin with the lowest and go up.", "Empiece por el tramo más bajo y continúe hacia arriba."),
    ),
  ];
}

/** A band worth less than the one below: for whole tiers more is less. The amount on either side of the bound shows how much. */
function falls(place: Place, below: Band, band: Band, path: string, currency: string, say: Say): Finding[] {
  if (!isText(below.value) || !isText(band.value) || band.needs !== undefined) return [];
  const [low, high] = [decimal(below.value), decimal(band.value)];
  if (compare(high, low) >= 0 || compare(decimal(band.from), decimal(below.from)) <= 0) return [];
  const bound = decimal(band.from);
  const whole = place.node.mode === "whole" || place.node.mode === "retroactive";
  const message = whole
    ? say(
        `At ${band.from} the pay falls from ${product(bound, low)} to ${product(bound, high)} ${currency} (${below.value} to ${band.value} of the whole): whoever brings a little more earns less.`,
        `En ${band.from} el pago baja de ${product(bound, low)} a ${product(bound, high)} ${currency} (de ${below.value} a ${band.value} sobre el total): quien aporta un poco más gana menos.`,
      )
    : say(
        `From ${band.from} on every further unit pays ${band.value} instead of ${below.value}.`,
        `Desde ${band.from} cada unidad adicional paga ${band.value} en vez de ${below.value}.`,
      );
  return [
    finding(
      whole ? "warning" : "hint",
      "pays_less_above",
      `${path}.value`,
      message,
      say(
        'If less is meant above, "mode": "marginal" has no cliff.',
        'Si se desea pagar menos arriba, "mode": "marginal" no tiene escalón.',
      ),
    ),
  ];
}

function product(bound: Decimal, value: Decimal): string {
  return formatDecimal(multiply(bound, value));
}
