import type { ReviewBook, Sentence } from "@tributary/contract";

const says = (en: string, es: string): Sentence => ({ en, es });

/** Claims that guides of programs and regulators forbid, in the words that pages use. A star stands for the rest of a word. */
export const SHIPPED_REVIEWS: ReviewBook = {
  months: 6,
  checklist: [
    {
      code: "age",
      text: says("The age limit is shown (18+, 21+)", "Se muestra la edad mínima (18+, 21+)"),
      sign: "18+|21+|over 18|18 años|mayores de 18|ab 18|18 anos",
    },
    {
      code: "risk_warning",
      text: says("The risk warning is there and can be read", "La advertencia de riesgo está y se lee"),
      sign: "of retail investor accounts lose|losing money rapidly|capital is at risk|de las cuentas de inversores minoristas pierden|der kleinanlegerkonten verlieren",
    },
    {
      code: "safer_gambling",
      text: says("A signpost to safer gambling is there", "Hay una indicación de juego responsable"),
      sign: "begambleaware|gamcare|gamble responsibly|juego responsable|jugarbien|spiel mit verantwortung|jogo responsável",
    },
    {
      code: "advertising",
      text: says("It says that it is advertising", "Indica que es publicidad"),
      sign: "#ad|advertis*|affiliate disclosure|publicidad|anuncio|anzeige|werbung",
    },
    {
      code: "imprint",
      text: says("It says who runs it (imprint, contact)", "Indica quién lo gestiona (aviso legal, contacto)"),
      sign: "imprint|impressum|legal notice|aviso legal|contact us|contacto|about us",
    },
    {
      code: "terms_near",
      text: says("The main terms stand beside the offer", "Las condiciones principales están junto a la oferta"),
      sign: "t&cs apply|terms apply|terms and conditions|términos y condiciones|agb",
    },
    { code: "brand", text: says("The brand is used as it was agreed", "La marca se usa como se acordó"), sign: null },
    { code: "links", text: says("Links lead where they say", "Los enlaces llevan adonde dicen"), sign: null },
  ],
  claims: [
    {
      code: "guaranteed",
      name: says("Guaranteed profit", "Beneficio garantizado"),
      grave: true,
      words: {
        en: [
          "guaranteed profit*",
          "guaranteed return*",
          "guaranteed win*",
          "guaranteed income",
          "can't lose",
          "cannot lose",
          "sure win*",
        ],
        es: ["beneficio* garantizado*", "ganancia* garantizada*", "rentabilidad garantizada", "no puedes perder"],
        de: ["garantierte* gewinn*", "garantierte* rendite*", "sicher* gewinn*"],
        pt: ["lucro* garantido*", "ganho* garantido*", "retorno garantido"],
        fr: ["gain* garanti*", "profit* garanti*", "rendement garanti"],
        it: ["guadagn* garantit*", "profitt* garantit*"],
      },
    },
    {
      code: "risk_free",
      name: says("Without risk", "Sin riesgo"),
      grave: true,
      words: {
        en: ["risk-free", "risk free", "no risk", "zero risk", "without any risk", "no loss"],
        es: ["sin riesgo", "sin ningún riesgo", "riesgo cero", "libre de riesgo"],
        de: ["risikofrei*", "ohne risiko", "kein risiko"],
        pt: ["sem risco", "risco zero", "livre de risco"],
        fr: ["sans risque", "zéro risque"],
        it: ["senza rischi*", "zero rischi", "privo di rischi"],
      },
    },
    {
      code: "get_rich",
      name: says("Quick riches, income, investment", "Riqueza rápida, ingresos, inversión"),
      grave: true,
      words: {
        en: [
          "get rich",
          "get-rich-quick",
          "financial freedom",
          "quit your job",
          "passive income",
          "make money fast",
          "solve your money problems",
          "second income",
        ],
        es: [
          "hazte rico",
          "hacerse rico",
          "libertad financiera",
          "deja tu trabajo",
          "ingresos pasivos",
          "gana dinero rápido",
          "dinero fácil",
        ],
        de: ["schnell reich", "reich werden", "finanzielle freiheit", "passives einkommen", "schnelles geld"],
        pt: ["ficar rico", "liberdade financeira", "renda passiva", "dinheiro fácil", "dinheiro rápido"],
        fr: ["devenir riche", "liberté financière", "revenu* passif*", "argent facile"],
        it: ["diventa* ricc*", "libertà finanziaria", "soldi facili"],
      },
    },
    {
      code: "chasing_losses",
      name: says("Chasing losses", "Recuperar pérdidas"),
      grave: true,
      words: {
        en: ["win back your losses", "recover your losses", "recoup your losses", "chase your losses"],
        es: ["recupera tus pérdidas", "recuperar lo perdido", "recupera lo perdido"],
        de: ["verluste zurückgewinnen", "verluste zurückholen"],
        pt: ["recupere suas perdas", "recuperar as perdas"],
        fr: ["récupérez vos pertes", "récupérer vos pertes"],
        it: ["recupera le perdite"],
      },
    },
    {
      code: "signals",
      name: says("Signals and advice", "Señales y asesoramiento"),
      grave: false,
      words: {
        en: ["trading signals", "free signals", "vip signals", "copy our trades", "we tell you when to buy"],
        es: ["señales de trading", "señales gratis", "copia nuestras operaciones"],
        de: ["handelssignale", "trading-signale"],
        pt: ["sinais de trading", "sinais grátis"],
        fr: ["signaux de trading"],
        it: ["segnali di trading"],
      },
    },
    {
      code: "pressure",
      name: says("Pressure and countdowns", "Presión y cuentas atrás"),
      grave: false,
      words: {
        en: ["last chance", "only * minutes left", "offer ends in", "act now", "hurry up", "don't miss out"],
        es: ["última oportunidad", "solo quedan", "date prisa", "no te lo pierdas"],
        de: ["letzte chance", "nur noch * minuten", "jetzt zugreifen"],
        pt: ["última chance", "não perca", "corra"],
        fr: ["dernière chance", "dépêchez-vous"],
        it: ["ultima occasione", "affrettati"],
      },
    },
    {
      code: "disparagement",
      name: says("Talking competitors down", "Desprestigio de competidores"),
      grave: false,
      words: {
        en: ["is a scam", "are scammers", "better than any other broker", "don't use"],
        es: ["es una estafa", "son estafadores"],
        de: ["ist betrug", "sind betrüger"],
        pt: ["é uma fraude", "é golpe"],
        fr: ["est une arnaque"],
        it: ["è una truffa"],
      },
    },
    {
      code: "professional",
      name: says(
        "Pushing professional status or third countries",
        "Empujar a la condición profesional o a terceros países",
      ),
      grave: true,
      words: {
        en: [
          "become a professional client",
          "professional client status",
          "avoid esma",
          "no leverage limits",
          "offshore account",
        ],
        es: ["hazte cliente profesional", "evita la esma", "sin límites de apalancamiento"],
        de: ["professioneller kunde werden", "esma umgehen", "ohne hebelbegrenzung"],
        fr: ["devenir client professionnel", "sans limite de levier"],
      },
    },
    {
      code: "minors",
      name: says("Speaks to minors", "Se dirige a menores"),
      grave: true,
      words: {
        en: ["for kids", "for teens", "students welcome", "under 18 welcome"],
        es: ["para niños", "para adolescentes"],
        de: ["für kinder", "für jugendliche"],
        pt: ["para crianças", "para adolescentes"],
        fr: ["pour les enfants", "pour les ados"],
        it: ["per bambini", "per ragazzi"],
      },
    },
    {
      code: "credit",
      name: says("Play on credit", "Jugar a crédito"),
      grave: true,
      words: {
        en: ["use your credit card to gamble", "bet on credit", "borrow to bet", "borrow to invest"],
        es: ["apuesta a crédito", "juega con tu tarjeta de crédito"],
        de: ["auf kredit spielen", "mit kreditkarte zocken"],
      },
    },
  ],
};
