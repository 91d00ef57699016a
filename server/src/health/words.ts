import type { HealthAlert } from "@tributary/contract";

export type Language = "en" | "es";
type Facts = Pick<HealthAlert, "kind" | "direction" | "eventType" | "expected" | "seen" | "since" | "offerId">;

interface Names {
  readonly partner: string;
  readonly offer: string;
  readonly source: string;
  readonly timeZone: string;
}

/** What happened, since when, what was expected and what was seen, by which factor: one sentence, without names where the screen shows them anyway. */
export function causeOf(facts: Facts, timeZone: string, language: Language): string {
  const words = WORDS[language];
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  const clock = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
  const since = new Intl.DateTimeFormat(language, { ...clock, timeZone }).format(new Date(facts.since));
  const of = facts.kind === "clicks" ? words.clicks : words.events(facts.eventType.replaceAll("_", " "));
  if (facts.kind === "delay")
    return words.delay(
      facts.direction,
      duration(facts.seen, language),
      duration(facts.expected, language),
      since,
      facts.eventType.replaceAll("_", " "),
    );
  if (facts.kind === "postback_errors") return words.postbacks(number(facts.seen), number(facts.expected), since);
  if (facts.kind === "rejected_calls") return words.rejected(number(facts.seen), number(facts.expected), since);
  const share = facts.expected === 0 ? 0 : facts.seen / facts.expected;
  const factor =
    facts.direction === "drop"
      ? words.percent(new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share))
      : words.times(number(share));
  return words.counts(facts.direction, of, factor, number(facts.seen), number(facts.expected), since);
}

/** The same with names, for a mail. */
export function subjectOf(facts: Facts, names: Names, language: Language): string {
  const words = WORDS[language];
  const place =
    facts.kind === "rejected_calls" ? names.source : [names.partner, names.offer].filter(Boolean).join(", ");
  const of =
    facts.kind === "conversions" ? words.events(facts.eventType.replaceAll("_", " ")) : words.subjects[facts.kind];
  return `${place}: ${of} ${words.directions[facts.direction]}`;
}

function duration(seconds: number, language: Language): string {
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? (["second", 1] as const);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: seconds / size < 10 ? 1 : 0,
  }).format(seconds / size);
}

const WORDS = {
  en: {
    clicks: "Clicks",
    events: (type: string) => `Events of type ${type}`,
    percent: (share: string) => `${share} of what was expected`,
    times: (factor: string) => `${factor} times what was expected`,
    counts: (direction: string, of: string, factor: string, seen: string, expected: string, since: string) =>
      `${of} ${direction === "drop" ? "fell" : "rose"} to ${factor}: ${seen} since ${since}, ${expected} expected.`,
    delay: (direction: string, seen: string, expected: string, since: string, type: string) =>
      `From click to ${type} it takes ${direction}: typically ${seen} since ${since}, ${expected} before.`,
    postbacks: (seen: string, expected: string, since: string) =>
      `Calls to the partner's address fail: ${seen} since ${since}, ${expected} expected.`,
    rejected: (seen: string, expected: string, since: string) =>
      `Calls of this source are rejected: ${seen} since ${since}, ${expected} expected.`,
    subjects: {
      clicks: "clicks",
      conversions: "conversions",
      delay: "click to conversion",
      postback_errors: "postbacks",
      rejected_calls: "calls",
    },
    directions: {
      drop: "dropped",
      surge: "surged",
      longer: "takes longer",
      shorter: "takes less time",
      errors: "fail",
    },
  },
  es: {
    clicks: "Los clics",
    events: (type: string) => `Los eventos de tipo ${type}`,
    percent: (share: string) => `al ${share} de lo esperado`,
    times: (factor: string) => `a ${factor} veces lo esperado`,
    counts: (direction: string, of: string, factor: string, seen: string, expected: string, since: string) =>
      `${of} ${direction === "drop" ? "cayeron" : "subieron"} ${factor}: ${seen} desde el ${since}, se esperaban ${expected}.`,
    delay: (direction: string, seen: string, expected: string, since: string, type: string) =>
      `Del clic a ${type} se tarda ${direction === "longer" ? "más" : "menos"}: normalmente ${seen} desde el ${since}, antes ${expected}.`,
    postbacks: (seen: string, expected: string, since: string) =>
      `Fallan las llamadas a la dirección del socio: ${seen} desde el ${since}, se esperaban ${expected}.`,
    rejected: (seen: string, expected: string, since: string) =>
      `Se rechazan llamadas de esta fuente: ${seen} desde el ${since}, se esperaban ${expected}.`,
    subjects: {
      clicks: "los clics",
      conversions: "las conversiones",
      delay: "del clic a la conversión",
      postback_errors: "los postbacks",
      rejected_calls: "las llamadas",
    },
    directions: {
      drop: "han caído",
      surge: "se han disparado",
      longer: "tarda más",
      shorter: "tarda menos",
      errors: "fallan",
    },
  },
} as const;
