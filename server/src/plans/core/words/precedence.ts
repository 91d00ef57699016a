import type { PlanDocument } from "@tributary/contract";
import { type Sentence, type Speaker, sentence } from "./parts.ts";

type Step = readonly [path: string, text: string];

/** The total order in which a plan decides, in words, with what this plan has of it: each step takes what the one before it left. */
export function precedence(speaker: Speaker, plan: PlanDocument): Sentence[] {
  const steps = [...whose(speaker, plan), ...value(speaker, plan), ...limits(speaker, plan), ...end(speaker)];
  return steps.map(([path, text], index) => sentence(path, `${index + 1}. ${text}`));
}

/** A step that the plan has when one of its components has the field. */
function step({ say }: Speaker, plan: PlanDocument, field: string, words: readonly [string, string]): Step[] {
  const index = plan.components.findIndex(
    (component) => (component as unknown as Readonly<Record<string, unknown>>)[field] !== undefined,
  );
  return index < 0 ? [] : [[`components[${index}].${field}`, say(words[0], words[1])]];
}

function whose(speaker: Speaker, plan: PlanDocument): Step[] {
  const { say } = speaker;
  const order = plan.components.map((component) => component.code).join(", ");
  return [
    [
      "",
      say(
        "The version of the agreement that is in force on the day of the fact decides; customers who stay on the terms they entered keep theirs.",
        "Decide la versión del acuerdo vigente el día del hecho; los clientes que se quedan con las condiciones con que entraron conservan las suyas.",
      ),
    ],
    [
      "components",
      say(
        `Every component is calculated by itself, in this order: ${order}; what one needs of another is calculated first.`,
        `Cada componente se calcula por separado, en este orden: ${order}; lo que uno necesita de otro se calcula antes.`,
      ),
    ],
    ...step(speaker, plan, "only", [
      "A component looks only at the facts and days it names, and never at those it leaves out.",
      "Un componente solo mira los hechos y días que nombra, y nunca los que excluye.",
    ]),
    ...step(speaker, plan, "customers", [
      "Then whose facts count: those of customers who qualified for another component, or who did not.",
      "Después, de quién cuentan los hechos: de los clientes que calificaron para otro componente, o que no.",
    ]),
  ];
}

function value(speaker: Speaker, plan: PlanDocument): Step[] {
  const { say } = speaker;
  const json = JSON.stringify(plan.components);
  const table: Step = [
    "",
    say(
      "Of a table the first row that matches applies; dimensions are looked up on the event, then on the customer, then on the partner.",
      "De una tabla se aplica la primera fila que coincide; las dimensiones se buscan en el evento, después en el cliente y después en el socio.",
    ),
  ];
  const tiers: Step = [
    "",
    say(
      "Of tiers the band that is reached applies; one that is closed gives way to the highest open one below it.",
      "De los tramos se aplica el alcanzado; uno cerrado cede al más alto abierto por debajo.",
    ),
  ];
  return [
    ...step(speaker, plan, "overrides", [
      "The first exception that matches goes before the component's own value.",
      "La primera excepción que coincide va antes que el valor propio del componente.",
    ]),
    ...(json.includes('"rows":[') ? [table] : []),
    ...(json.includes('"bands":[') ? [tiers] : []),
    ...step(speaker, plan, "factors", [
      "Then the factors, one after the other.",
      "Después los factores, uno tras otro.",
    ]),
    ...step(speaker, plan, "itemAtMost", ["Then the most for a single item.", "Después el máximo por elemento."]),
  ];
}

function limits(speaker: Speaker, plan: PlanDocument): Step[] {
  const { say } = speaker;
  const whole: Step = [
    "gate",
    say("Then the plan's gate, over all components.", "Después la condición del plan, sobre todos los componentes."),
  ];
  const together: Step = [
    "caps",
    say(
      "Then the plan's caps, over all components together.",
      "Después los límites del plan, sobre todos los componentes juntos.",
    ),
  ];
  return [
    ...step(speaker, plan, "gate", ["Then the component's gate.", "Después la condición del componente."]),
    ...step(speaker, plan, "caps", [
      "Then its caps, in the order in which the facts happened; the first that is full decides.",
      "Después sus límites, en el orden en que ocurrieron los hechos; decide el primero que se llena.",
    ]),
    ...step(speaker, plan, "atMost", ["Then the most of the month.", "Después el máximo del mes."]),
    ...step(speaker, plan, "atLeast", ["Then the least of the month.", "Después el mínimo del mes."]),
    ...(plan.gate === undefined ? [] : [whole]),
    ...(plan.caps === undefined ? [] : [together]),
  ];
}

function end({ say }: Speaker): Step[] {
  return [
    [
      "rounding",
      say("Each line is rounded once, at the very end.", "Cada línea se redondea una vez, al final de todo."),
    ],
    [
      "",
      say(
        "Then it is held as the component says, and what is less than the minimum waits for the next month.",
        "Después se retiene como dice el componente, y lo que no llega al mínimo espera al mes siguiente.",
      ),
    ],
  ];
}
