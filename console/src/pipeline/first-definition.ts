import { FormDefinition } from "@tributary/contract";

/** What a new form asks: enough to know who somebody is, where the traffic is, and how to answer. Its author changes it. */
export function firstDefinition(languages: readonly string[]): FormDefinition {
  return FormDefinition.parse({
    languages,
    title: { en: "Become a partner", es: "Sea nuestro socio" },
    intro: {
      en: "Tell us who you are and how you reach people. We answer within two working days.",
      es: "Cuéntenos quién es y cómo llega a la gente. Respondemos en dos días hábiles.",
    },
    questions: [
      {
        id: "company",
        kind: "text",
        field: "name",
        required: true,
        label: { en: "Company or brand", es: "Empresa o marca" },
      },
      { id: "person", kind: "text", field: "contactName", required: true, label: { en: "Your name", es: "Su nombre" } },
      { id: "email", kind: "email", field: "email", required: true, label: { en: "E-mail", es: "Correo electrónico" } },
      { id: "telegram", kind: "text", field: "telegram", label: { en: "Telegram", es: "Telegram" } },
      { id: "website", kind: "url", field: "website", label: { en: "Website or channel", es: "Sitio web o canal" } },
      { id: "country", kind: "country", field: "country", label: { en: "Country", es: "País" } },
      {
        id: "traffic",
        kind: "choices",
        label: { en: "How do you reach people?", es: "¿Cómo llega a la gente?" },
        choices: [
          { value: "seo", label: { en: "Search", es: "Buscadores" } },
          { value: "paid", label: { en: "Paid ads", es: "Publicidad de pago" } },
          { value: "social", label: { en: "Social media", es: "Redes sociales" } },
          { value: "mail", label: { en: "E-mail", es: "Correo" } },
        ],
      },
      {
        id: "ftds",
        kind: "number",
        field: "expectedFtds",
        label: { en: "First-time depositors you expect a month", es: "Primeros depósitos que espera al mes" },
      },
      { id: "about", kind: "long_text", field: "note", label: { en: "Anything else?", es: "¿Algo más?" } },
      {
        id: "consent",
        kind: "consent",
        required: true,
        label: {
          en: "I agree that my answers are kept to decide about my application.",
          es: "Acepto que mis respuestas se guarden para decidir sobre mi solicitud.",
        },
      },
    ],
  });
}
