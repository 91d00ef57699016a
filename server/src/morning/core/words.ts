import type { MorningKind } from "@tributary/contract";
import type { Facts } from "./draft.ts";

export type Language = "en" | "es";
type Text = readonly [en: string, es: string];
/** What it is, and why it is on the list. */
type Said = readonly [title: Text, cause: Text];

const NUMBERS: Text = ["{seen} instead of {expected} expected.", "{seen} en lugar de {expected} esperados."];

/** By kind and form; a kind without the form takes its own entry. */
const SENTENCES: Readonly<Record<string, Said>> = {
  "traffic_drop.clicks_drop": [["Clicks dropped", "Caen los clics"], NUMBERS],
  "traffic_drop.conversions_drop": [["Fewer {type} events", "Menos eventos {type}"], NUMBERS],
  traffic_drop: [["Traffic dropped", "Cae el tráfico"], NUMBERS],
  "traffic_surge.clicks_surge": [["Clicks surged", "Suben los clics"], NUMBERS],
  "traffic_surge.conversions_surge": [["More {type} events", "Más eventos {type}"], NUMBERS],
  traffic_surge: [["Traffic surged", "Sube el tráfico"], NUMBERS],
  "tracking_broken.postback_errors_errors": [
    ["Postbacks fail", "Fallan los postbacks"],
    [
      "{seen} calls to the partner failed; {expected} are usual.",
      "Fallaron {seen} llamadas al socio; lo normal son {expected}.",
    ],
  ],
  "tracking_broken.rejected_calls_errors": [
    ["Calls are rejected", "Se rechazan llamadas"],
    ["{seen} calls were refused; {expected} are usual.", "Se rechazaron {seen} llamadas; lo normal son {expected}."],
  ],
  tracking_broken: [
    ["Events arrive late", "Los eventos llegan tarde"],
    ["The time from click to event changed.", "Cambió el tiempo entre clic y evento."],
  ],
  "cap_near.near": [
    ["Cap “{cap}” is nearly used up", "El tope «{cap}» casi se agota"],
    ["{share} % of it is used.", "Está usado al {share} %."],
  ],
  cap_near: [
    ["Cap “{cap}” is full", "El tope «{cap}» está lleno"],
    ["What comes now is turned away.", "Lo que llega ahora se rechaza."],
  ],
  "agreement_ending.ends": [
    ["The terms end on {day}", "Las condiciones terminan el {day}"],
    ["No terms follow them.", "No hay condiciones posteriores."],
  ],
  agreement_ending: [
    ["The partner sent the terms back", "El socio devolvió las condiciones"],
    ["A counter-offer waits for an answer.", "Una contraoferta espera respuesta."],
  ],
  "approval_waiting.terms": [
    ["Terms wait for approval", "Condiciones por aprobar"],
    ["Nothing is sent before a second person agrees.", "Nada se envía sin una segunda persona."],
  ],
  "approval_waiting.adjustment": [
    ["An adjustment waits for approval", "Un ajuste por aprobar"],
    ["Reason given: {reason}", "Motivo: {reason}"],
  ],
  approval_waiting: [
    ["A possible match: {name}", "Posible coincidencia: {name}"],
    ["On the list {list}, {score} % alike.", "En la lista {list}, {score} % de parecido."],
  ],
  case_due: [
    ["An inquiry waits for your answer", "Una consulta espera respuesta"],
    ["“{subject}”", "«{subject}»"],
  ],
  "onboarding_stalled.case": [
    ["Onboarding does not move: {stage}", "El alta no avanza: {stage}"],
    ["In this stage for {days} days; {waits} things are open.", "{days} días en esta fase; {waits} puntos abiertos."],
  ],
  onboarding_stalled: [
    ["Onboarding for {days} days", "En alta desde hace {days} días"],
    ["No procedure runs for this partner.", "No hay procedimiento en curso para este socio."],
  ],
  "document_expiring.ended": [
    ["A document ended: {document}", "Documento vencido: {document}"],
    ["It ended on {day}; payouts may be held.", "Venció el {day}; los pagos pueden retenerse."],
  ],
  document_expiring: [
    ["A document ends soon: {document}", "Documento por vencer: {document}"],
    ["It ends on {day}.", "Vence el {day}."],
  ],
  "task_due.overdue": [
    ["{task}", "{task}"],
    ["The task is overdue.", "La tarea está vencida."],
  ],
  task_due: [
    ["{task}", "{task}"],
    ["The task is due.", "La tarea vence."],
  ],
  message_unanswered: [
    ["A message has no answer", "Un mensaje sin respuesta"],
    ["“{subject}”, {days} days ago.", "«{subject}», hace {days} días."],
  ],
  "tier_near.value": [
    ["{missing} more to {value}", "Faltan {missing} para {value}"],
    ["The next band of {component} is {next}.", "El siguiente tramo de {component} es {next}."],
  ],
  tier_near: [
    ["{missing} more to the next band", "Faltan {missing} para el siguiente tramo"],
    ["The next band of {component} is {next}.", "El siguiente tramo de {component} es {next}."],
  ],
  better_deal: [
    ["Ready for a better deal", "Merece mejores condiciones"],
    [
      "{ftds} FTDs in 28 days, {growth} % more than before; peers have {median}.",
      "{ftds} FTD en 28 días, {growth} % más; sus pares tienen {median}.",
    ],
  ],
  payee_missing: [
    ["Nobody verified to be paid", "Sin beneficiario verificado"],
    ["The run leaves this partner out until there is one.", "El pago lo omite hasta que lo haya."],
  ],
  plan_behind: [
    ["Behind plan: {forecast} of {plan} FTDs", "Por debajo del plan: {forecast} de {plan} FTD"],
    ["At this month's run rate.", "Al ritmo de este mes."],
  ],
  data_faults: [
    ["Grave faults in the record: {count}", "Fallos graves en la ficha: {count}"],
    ["They break rules that matter.", "Incumplen reglas importantes."],
  ],
};

const EVIDENCE: Readonly<Record<string, Text>> = {
  alert: ["Since {since}", "Desde {since}"],
  figures: [
    "{ftds} FTDs in 28 days, {before} before, {clicks} clicks",
    "{ftds} FTD en 28 días, {before} antes, {clicks} clics",
  ],
  cap: ["Near since {since}", "Cerca desde {since}"],
  agreement: ["Version {version}", "Versión {version}"],
  opened: ["Asked {since}", "Preguntado {since}"],
  waits: ["Waits for: {what} ({role})", "Espera: {what} ({role})"],
  tier: ["{reached} of {from}", "{reached} de {from}"],
  growth: ["{ftds} FTDs against {before}", "{ftds} FTD frente a {before}"],
  peers: ["{peers} peers on the same plan, median {median}", "{peers} pares con el mismo plan, mediana {median}"],
  returning: ["{share} % of depositors came back", "Vuelve el {share} % de los depositantes"],
  sofar: ["{ftds} FTDs on {done} of {of} working days", "{ftds} FTD en {done} de {of} días hábiles"],
};

const ACTIONS: Readonly<Record<string, Text>> = {
  look_alert: ["Open the alert", "Abrir la alerta"],
  change_cap: ["Open the cap", "Abrir el tope"],
  renew_terms: ["Renew the terms", "Renovar condiciones"],
  answer_terms: ["Answer", "Responder"],
  decide: ["Decide", "Decidir"],
  answer: ["Answer", "Responder"],
  open_case: ["Open the case", "Abrir el caso"],
  open_partner: ["Open the partner", "Abrir el socio"],
  ask_document: ["Ask for a new one", "Pedir uno nuevo"],
  open_task: ["Open", "Abrir"],
  tell_partner: ["Tell the partner", "Avisar al socio"],
  simulate: ["Try better terms", "Simular condiciones"],
  add_payee: ["Add a payee", "Añadir beneficiario"],
  open_portfolio: ["Open the portfolio", "Abrir la cartera"],
  mend_data: ["Mend the record", "Corregir la ficha"],
};

export function sayItem(kind: MorningKind, facts: Facts, language: Language): { title: string; cause: string } {
  const said = SENTENCES[`${kind}.${facts.form ?? ""}`] ?? SENTENCES[kind];
  if (said === undefined) return { title: kind, cause: "" };
  return { title: filled(said[0], facts, language), cause: filled(said[1], facts, language) };
}

export function sayEvidence(code: string, values: Facts, language: Language): string {
  return filled(EVIDENCE[code] ?? [code, code], values, language);
}

export function sayAction(code: string, language: Language): string {
  return filled(ACTIONS[code] ?? [code, code], {}, language);
}

function filled(text: Text, values: Facts, language: Language): string {
  return text[language === "es" ? 1 : 0].replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(values[name], language));
}

const NUMBER_MARKS = { en: numbersIn("en"), es: numbersIn("es") };
const DAY_MARKS = { en: daysIn("en"), es: daysIn("es") };

function numbersIn(language: Language) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
}

function daysIn(language: Language) {
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
}

/** Instants become days, numbers get the language's own marks. */
function shown(value: string | number | undefined, language: Language): string {
  if (typeof value === "number") return NUMBER_MARKS[language].format(value);
  if (value !== undefined && /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(value))
    return DAY_MARKS[language].format(new Date(value));
  return value ?? "";
}
