import type { Cap, Component } from "@tributary/contract";
import { compare, decimal } from "../../../kernel/decimal.ts";
import { type Finding, finding, type Say, twoReadings } from "../findings.ts";
import type { Linted } from "./linted.ts";
import { leaves } from "./money.ts";

const WIDTH: Readonly<Record<Cap["per"], number>> = {
  item: 0,
  day: 1,
  week: 2,
  month: 3,
  quarter: 4,
  year: 5,
  total: 6,
  customer: 7,
};

/** Limits that nothing can reach, limits of zero, and limits that another one always reaches first. */
export function limitsThatNeverBind({ plan, components, say }: Linted): Finding[] {
  return [
    ...(plan.caps ?? []).flatMap((cap, index) => zero(cap, `caps[${index}]`, say)),
    ...wider(plan.caps ?? [], "caps", say),
    ...components.flatMap(({ component, path }) => [
      ...(component.caps ?? []).flatMap((cap, index) => [
        ...zero(cap, `${path}.caps[${index}]`, say),
        ...aboveOneItem(cap, component, `${path}.caps[${index}]`, say),
        ...ofPartsOfShare(cap, component, `${path}.caps[${index}]`, say),
        ...belowTheLeast(cap, component, path, say),
      ]),
      ...wider(component.caps ?? [], `${path}.caps`, say),
      ...mostAndLeast(component, path, say),
      ...bandMost(component, path, say),
    ]),
  ];
}

function zero(cap: Cap, path: string, say: Say): Finding[] {
  if (compare(decimal(cap.limit), decimal("0")) !== 0) return [];
  return [
    finding(
      "warning",
      "pays_nothing",
      `${path}.limit`,
      say("A limit of zero lets nothing through.", "Un límite de cero no deja pasar nada."),
    ),
  ];
}

/** A limit per customer or item that is more than a customer can bring. */
function aboveOneItem(cap: Cap, component: Component, path: string, say: Say): Finding[] {
  const once = component.model === "cpa" || component.model === "cpl";
  if (!once || !["item", "customer"].includes(cap.per)) return [];
  const values = leaves(component.amount, "").map(([text]) => decimal(text));
  const limit = decimal(cap.limit);
  const reached =
    cap.of === "items" ? compare(decimal("1"), limit) > 0 : values.some((value) => compare(value, limit) > 0);
  if (reached) return [];
  return [
    finding(
      "hint",
      "never_reached",
      `${path}.limit`,
      say(
        `The limit "${cap.name}" of ${cap.limit} is never reached: a customer is paid for once, and no amount is larger.`,
        `El límite "${cap.name}" de ${cap.limit} nunca se alcanza: un cliente se paga una vez y ningún importe es mayor.`,
      ),
    ),
  ];
}

/** A limit for each customer or brand of a share in which customers and brands are one balance: there is nothing of each that could be limited. */
function ofPartsOfShare(cap: Cap, component: Component, path: string, say: Say): Finding[] {
  if (component.model !== "revenue_share") return [];
  const [name] = [...(cap.per === "customer" ? ["customer"] : []), ...(cap.each ?? [])].filter(
    (one) => !component.netting.includes(one),
  );
  if (name === undefined) return [];
  const unclear = twoReadings(
    say,
    path,
    say(
      `"${cap.name}" limits each ${name}, and the share is worked out over all of them together.`,
      `"${cap.name}" limita cada ${name}, y la participación se calcula sobre todos juntos.`,
    ),
    say(`each ${name} has a share and a balance of its own`, `cada ${name} tiene su participación y su saldo propios`),
    say("the one share is limited, whoever brought it", "se limita la participación única, venga de quien venga"),
  );
  const netting = [...component.netting, name].join(", ");
  return [
    {
      ...unclear,
      wayOut: say(`Write netting: [${netting}], or per: month.`, `Escriba netting: [${netting}], o per: month.`),
    },
  ];
}

/** A least that a limit does not let be paid. */
function belowTheLeast(cap: Cap, component: Component, path: string, say: Say): Finding[] {
  const { atLeast } = component;
  const overAMonth =
    cap.of === "amount" && cap.each === undefined && ["month", "quarter", "year", "total"].includes(cap.per);
  if (atLeast === undefined || !overAMonth || compare(decimal(cap.limit), decimal(atLeast)) >= 0) return [];
  return [
    finding(
      "error",
      "contradictory",
      `${path}.atLeast`,
      say(
        `At least ${atLeast} a month, and "${cap.name}" allows no more than ${cap.limit} per ${cap.per}: no amount is both.`,
        `Al menos ${atLeast} al mes, y "${cap.name}" no permite más de ${cap.limit} por ${cap.per}: ningún importe es ambas cosas.`,
      ),
    ),
  ];
}

/** 100 per month beside 200 per day: the day's limit is never reached. */
function wider(caps: readonly Cap[], path: string, say: Say): Finding[] {
  return caps.flatMap((cap, index) => {
    const other = caps.find(
      (one) =>
        one !== cap &&
        one.of === cap.of &&
        one.per !== "customer" &&
        JSON.stringify(one.each ?? []) === JSON.stringify(cap.each ?? []) &&
        WIDTH[one.per] > WIDTH[cap.per] &&
        compare(decimal(one.limit), decimal(cap.limit)) <= 0,
    );
    if (other === undefined) return [];
    return [
      finding(
        "warning",
        "never_reached",
        `${path}[${index}].limit`,
        say(
          `"${cap.name}" (${cap.limit} per ${cap.per}) is never reached: "${other.name}" allows no more than ${other.limit} per ${other.per}.`,
          `"${cap.name}" (${cap.limit} por ${cap.per}) nunca se alcanza: "${other.name}" no permite más de ${other.limit} por ${other.per}.`,
        ),
      ),
    ];
  });
}

function mostAndLeast(component: Component, path: string, say: Say): Finding[] {
  const { atLeast, atMost } = component;
  if (atLeast === undefined || atMost === undefined || compare(decimal(atLeast), decimal(atMost)) <= 0) return [];
  return [
    finding(
      "error",
      "contradictory",
      `${path}.atLeast`,
      say(
        `At least ${atLeast} and at most ${atMost} a month: no amount is both.`,
        `Al menos ${atLeast} y como máximo ${atMost} al mes: ningún importe es ambas cosas.`,
      ),
    ),
  ];
}

/** A most per band that is above the most of the component. */
function bandMost(component: Component, path: string, say: Say): Finding[] {
  const { atMost } = component;
  if (atMost === undefined) return [];
  const fields = component as unknown as Readonly<Record<string, unknown>>;
  return ["rate", "amount"].flatMap((name) => {
    const value = fields[name];
    const bands =
      typeof value === "object" && value !== null && "bands" in value
        ? (value.bands as readonly { atMost?: unknown }[])
        : [];
    return bands.flatMap((band, index) =>
      typeof band.atMost !== "string" || compare(decimal(band.atMost), decimal(atMost)) <= 0
        ? []
        : [
            finding(
              "hint",
              "never_reached",
              `${path}.${name}.bands[${index}].atMost`,
              say(
                `The band's most of ${band.atMost} is never reached: the component pays ${atMost} at most.`,
                `El máximo del tramo de ${band.atMost} nunca se alcanza: el componente paga como máximo ${atMost}.`,
              ),
            ),
          ],
    );
  });
}
