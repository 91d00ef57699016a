import type { OwnershipBook, Question, QuestionnaireBook, RiskBook, Sentence } from "@tributary/contract";

const says = (en: string, es: string): Sentence => ({ en, es });

export const SHIPPED_OWNERSHIP: OwnershipBook = {
  thresholds: [
    { regimes: [], moreThan: "25", source: "EU anti-money-laundering rules, UK PSC register, FinCEN: more than 25 %" },
    { regimes: ["us-broker"], moreThan: "10", source: "Advisers of US brokers: 10 %" },
  ],
};

const yesNo = (
  code: string,
  text: Sentence,
  consequences: Question["consequences"],
  own: Partial<Question> = {},
): Question => ({
  code,
  text,
  kind: "yes_no",
  options: [],
  required: true,
  onlyIf: null,
  consequences,
  ...own,
});

const QUESTIONS: readonly Question[] = [
  {
    code: "traffic_sources",
    text: says("Where does your traffic come from?", "¿De dónde viene su tráfico?"),
    kind: "choices",
    options: [
      { code: "seo", text: says("Search engines, unpaid", "Buscadores, sin pagar") },
      { code: "ppc", text: says("Paid search", "Búsqueda de pago") },
      { code: "social", text: says("Social networks", "Redes sociales") },
      { code: "email", text: says("E-mail", "Correo electrónico") },
      { code: "sms", text: says("SMS and messengers", "SMS y mensajería") },
      { code: "incentivized", text: says("Visitors are rewarded", "Visitantes con recompensa") },
      { code: "native", text: says("Native and display advertising", "Publicidad nativa y display") },
      { code: "sub_affiliates", text: says("Other affiliates", "Otros afiliados") },
    ],
    required: true,
    onlyIf: null,
    consequences: [
      {
        is: "incentivized",
        points: 25,
        flag: says("Visitors are rewarded for coming.", "Los visitantes reciben una recompensa."),
      },
      { is: "sms", points: 10, flag: null },
      { is: "email", points: 5, flag: null },
      {
        is: "sub_affiliates",
        points: 15,
        flag: says("Others bring part of the traffic.", "Otros aportan parte del tráfico."),
      },
    ],
  },
  {
    code: "countries",
    text: says("Which countries do you target?", "¿A qué países se dirige?"),
    kind: "countries",
    options: [],
    required: true,
    onlyIf: null,
    consequences: [{ is: "US", points: 5, flag: null }],
  },
  yesNo(
    "under_18",
    says("Is any of your content made for people under 18?", "¿Algún contenido suyo se dirige a menores de 18 años?"),
    [
      {
        is: "yes",
        points: 60,
        flag: says("Some content is made for minors.", "Parte del contenido se dirige a menores."),
      },
    ],
  ),
  yesNo(
    "warnings",
    says(
      "Did a regulator ever warn about you, fine you or end your licence?",
      "¿Alguna vez un regulador advirtió sobre usted, le multó o le retiró la licencia?",
    ),
    [
      {
        is: "yes",
        points: 40,
        flag: says("A regulator has warned or fined before.", "Un regulador ya advirtió o multó."),
      },
    ],
  ),
  {
    code: "warnings_which",
    text: says("Which, when, and what came of it?", "¿Cuál, cuándo y con qué resultado?"),
    kind: "text",
    options: [],
    required: true,
    onlyIf: { question: "warnings", is: "yes" },
    consequences: [],
  },
  yesNo("advice", says("Do you give signals or personal advice?", "¿Da señales o asesoramiento personal?"), [
    { is: "yes", points: 30, flag: says("Gives signals or advice.", "Da señales o asesoramiento.") },
  ]),
  yesNo(
    "public_office",
    says("Does anybody behind you hold a public office?", "¿Alguien detrás de usted ocupa un cargo público?"),
    [
      {
        is: "yes",
        points: 25,
        flag: says("Somebody behind it holds a public office.", "Alguien detrás ocupa un cargo público."),
      },
    ],
  ),
];

export const SHIPPED_QUESTIONNAIRES: QuestionnaireBook = {
  questionnaires: [
    {
      code: "due-diligence",
      name: says("About you and your traffic", "Sobre usted y su tráfico"),
      entities: [],
      partnerKinds: [],
      programs: [],
      repeatMonths: 12,
      questions: [...QUESTIONS],
    },
  ],
};

/** Countries whose own rules a partner from there is easily held to do not appear: these are the lists of the Financial Action Task Force. */
const CALL_FOR_ACTION = ["IR", "KP", "MM"];
const MONITORED = [
  "DZ",
  "AO",
  "BO",
  "BG",
  "CM",
  "CI",
  "CD",
  "HT",
  "KE",
  "LA",
  "LB",
  "MC",
  "NA",
  "NP",
  "SS",
  "SY",
  "VE",
  "VN",
  "VG",
  "YE",
];

export const SHIPPED_RISK: RiskBook = {
  medium: 30,
  high: 60,
  reviewMonths: { low: 36, medium: 24, high: 12 },
  factors: [
    {
      code: "country",
      name: says("Seat", "Sede"),
      fact: "country",
      weight: 10,
      values: [
        { is: CALL_FOR_ACTION, points: 80, atLeast: "high" },
        { is: MONITORED, points: 30, atLeast: "medium" },
        { is: ["unknown"], points: 20, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "kind",
      name: says("What kind of partner", "Tipo de socio"),
      fact: "partner_kind",
      weight: 10,
      values: [
        { is: ["introducing_broker", "network"], points: 15, atLeast: null },
        { is: ["reseller", "agency", "media_buyer"], points: 8, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "entity",
      name: says("Person or company", "Persona o empresa"),
      fact: "entity",
      weight: 10,
      values: [
        { is: ["unknown"], points: 15, atLeast: null },
        { is: ["company"], points: 5, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "screening",
      name: says("Lists", "Listas"),
      fact: "screening",
      weight: 10,
      values: [
        { is: ["match"], points: 100, atLeast: "high" },
        { is: ["waiting", "unscreened"], points: 20, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "pep",
      name: says("Public office", "Cargo público"),
      fact: "pep",
      weight: 10,
      values: [
        { is: ["yes"], points: 40, atLeast: "high" },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "opacity",
      name: says("Who stands behind it", "Quién está detrás"),
      fact: "opacity",
      weight: 10,
      values: [
        { is: ["unknown"], points: 25, atLeast: null },
        { is: ["layers"], points: 10, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "answers",
      name: says("Answers", "Respuestas"),
      fact: "questionnaire",
      weight: 10,
      values: [
        { is: ["unanswered"], points: 15, atLeast: null },
        { is: ["0-9"], points: 0, atLeast: null },
        { is: ["10-29"], points: 10, atLeast: null },
        { is: ["30-59"], points: 25, atLeast: null },
        { is: ["*"], points: 45, atLeast: "medium" },
      ],
    },
    {
      code: "traffic",
      name: says("Traffic sources", "Fuentes de tráfico"),
      fact: "traffic",
      weight: 10,
      values: [
        { is: ["incentivized"], points: 15, atLeast: "medium" },
        { is: ["sms", "sub_affiliates"], points: 8, atLeast: null },
        { is: ["unknown"], points: 5, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "history",
      name: says("Months with the operator", "Meses con el operador"),
      fact: "age_months",
      weight: 10,
      values: [
        { is: ["0-5"], points: 8, atLeast: null },
        { is: ["6-23"], points: 3, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
    {
      code: "sites",
      name: says("Sites and channels", "Sitios y canales"),
      fact: "sites",
      weight: 10,
      values: [
        { is: ["failed"], points: 30, atLeast: "medium" },
        { is: ["unreviewed", "none"], points: 8, atLeast: null },
        { is: ["*"], points: 0, atLeast: null },
      ],
    },
  ],
};
