import type { ColumnRole } from "../contracts.ts";

/** A title without accents, marks and case: `Débit (€)` is `debit`, `RunningBalance` is `running balance`. */
export function plainTitle(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * What columns are called in the exports of banks, in the languages they are written in. The first role whose pattern fits has the
 * column; the more telling ones therefore stand first (`Value date` before `Date`, `Original amount` before `Amount`).
 */
const TITLES: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    "originalCurrency",
    /^(?:orig|original|foreign|source|transaction|local|devise|fremd|ursprungs?)[a-z ]*(?:currency|ccy|wahrung|devise)$|^wahrung original$|^currency original$/,
  ],
  [
    "originalAmount",
    /^(?:original|foreign|source|transaction currency|local) ?(?:amount|value)|^amount (?:in )?(?:original |foreign |transaction )?currency$|^betrag in (?:fremdwahrung|wahrung)|^ursprungsbetrag|^originalbetrag|^montant (?:d origine|en devise)|^bedrag in valuta|^amount foreign|^importe original/,
  ],
  [
    "exchangeRate",
    /exchange ?rate|^fx rate|^rate$|wechselkurs|umrechnungskurs|^kurs$|taux de change|wisselkoers|tipo de cambio|tasso di cambio/,
  ],
  [
    "fee",
    /^(?:total )?(?:fee|fees|charges|commission|gebuhr(?:en)?|entgelt|frais|kosten|comision(?:es)?|commissioni)(?: amount| [a-z]{3})?$|^amount fee$/,
  ],
  [
    "valueDate",
    /^(?:value|interest|effective|settlement) ?(?:date|day)|^valuta(?: ?(?:datum|dato|wertstellung|stellung))?$|^valutadat|^wert(?:stellung(?:sdatum)?)?$|^date (?:de )?valeur|^fecha (?:de )?valor|^f valor|^data valuta|^data (?:de )?valor|^rentedatum|^rentedato|^wertdatum|^datum waluty|^data waluty|^valutadag|^arvopaiva|^ertek ?nap/,
  ],
  [
    "bookingDate",
    /^(?:booking|posting|posted|post|transaction|trans|entry|completed|process(?:ed|ing)?|accounting|operation|txn|tran) ?(?:date|day)|^buchung(?:stag|sdatum|s tag)?$|^date(?: d? ?(?:operation|comptable|comptabilisation|de comptabilisation|transaction|de l operation|de transaction|time|utc|completed|completed utc))?$|^datum(?: transactie| buchung)?$|^(?:boek|boekings|transactie|journaal)datum|^fecha(?: (?:de )?(?:operacion|contable|movimiento))?$|^f (?:operacion|contable)$|^data(?: (?:operazione|contabile|mov|movimento|operacji|ksiegowania|da operacao|registrazione|lancamento))?$|^dato$|^bokforings?(?:dag|datum|dato)|^bogfort|^kirjauspaiva|^maksupaiva|^transaktionsd(?:ag|atum)|^reskontradatum|^created(?: on| utc| date)?$|^umsatz(?:datum|tag)$|^belegdatum$|^datum$|^date of transaction|^datum zauctovani|^date ?time$|^time ?stamp$|^date processed$|^(?:konyveles|tranzakcio) (?:datuma|napja)|^data tranzactiei?$|^дата(?: операции| проводки| документа)?$|^date and time$/,
  ],
  [
    "balance",
    /^(?:running |account |ledger |available |closing |current )?bal(?:ance)?(?: after.*| [a-z]{3})?$|^saldo(?: (?:na mutatie|na trn|nach buchung|contabile|disponible|eur|[a-z]{3}|voor mutatie|po operacji|apos))?$|^kontostand|^solde(?: [a-z]{3})?$|^saldo|^guthaben|^bokfort saldo|^stan (?:konta|rachunku)|^(?:konyvelt )?egyenleg|^sold(?: contabil| final)?$|^(?:исходящии )?(?:остаток|салдо)/,
  ],
  [
    "debit",
    /^(?:debit(?:s|ed)?|debet|debito|debe|soll|belastung(?:en)?|lastschrift|withdrawal(?:s)?(?: amount)?|money out|paid out|payments?(?: out)?|spent|out(?:flow|going)?|charge|cargo(?:s)?|uit|af|uitgaven|ausgaben?|ausgang|uscite|addebiti|dare|saidas?|obciazenia|wydatki|ut(?:gift)?|montant debit|ud)(?: ?(?:amount|betrag|in chf|eur|usd|gbp|chf|[a-z]{3}))?$|^(?:amount |montant |importe |bedrag )(?:debit|debe|af)|^debit (?:amount|eur|euros)|^(?:дебет|дебит|расход|списание)(?: |$)/,
  ],
  [
    "credit",
    /^(?:credit(?:s|ed)?|kredit|credito|haber|haben|gutschrift(?:en)?|deposit(?:s)?(?: amount)?|money in|paid in|received|receipts?|in(?:flow|coming)?|abono(?:s)?|bij|inkomsten|einnahmen?|eingang|entrate|accrediti|avere|entradas|uznania|wplywy|inn|montant credit|ind)(?: ?(?:amount|betrag|in chf|eur|usd|gbp|chf|[a-z]{3}))?$|^(?:amount |montant |importe |bedrag )(?:credit|haber|bij)|^credit (?:amount|eur|euros)|^(?:кредит|приход|поступление|зачисление)(?: |$)/,
  ],
  [
    "direction",
    /^(?:d c|c d|d k|k d|dc|cd|dr cr|cr dr|s h|h s|soll haben|debit ?credit|credit ?debit|debit or credit|cdt ?dbt ?ind|af bij|bij af|umsatzart soll haben|indicator|d c indicator|sign|type d c|direction|sens|db cr|dbcr)$|^credit debit indicator$|^debet credit$|^terheles jovairas$/,
  ],
  [
    "structuredReference",
    /^(?:structured|creditor) (?:reference|communication)|^strukturierte referenz|^zahlungsreferenz|^qr referenz|^ogm|^kid$|^viite(?:numero)?$|^ocr$|^betalingskenmerk|^gestructureerde mededeling|^communication structuree/,
  ],
  [
    "endToEndId",
    /^(?:end to end|e2e|endtoend)[a-z ]*$|^kundenreferenz(?: end to end)?$|^customer reference$|^client reference$/,
  ],
  ["counterpartyBic", /(?:^| )(?:bic|swift)(?: code| adresse)?(?: |$)|^bic tegenpartij/],
  [
    "counterpartyAccount",
    /^(?:counterparty|beneficiary|partner|payee|recipient|remitter|other|contra|opposing|counter)s? ?(?:account|iban|bank account|acc)[a-z ]*$|^(?:payee|payer|recipient) account(?: number)?$|^bank account$|^(?:gegen|tegen)(?:konto|rekening)(?: ?iban(?: bbn| bbb?an)?| nummer| bban)*$|^tegenrekening iban bban$|^rekening tegenpartij$|^kontonummer iban$|^iban (?:zahlungsbeteiligter|des auftraggebers|tegenpartij|contrepartie|empfanger|auftraggeber)$|^kontonummer$|^konto ?nr empfanger|^cuenta (?:destino|beneficiario|origen)|^compte (?:contrepartie|beneficiaire)|^nr rachunku kontrahenta|^rachunek (?:przeciwstawny|kontrahenta)|^iban beguenstigter|^iban (?:von )?kontrahent|^account number iban$/,
  ],
  [
    "counterpartyName",
    /^(?:counterparty|beneficiary|partner|payee|payer|recipient|remitter|merchant|other party|contra)(?: ?(?:name|s name))?$|^name(?: (?:zahlungsbeteiligter|omschrijving|tegenpartij|des auftraggebers|empfanger|auftraggeber|of (?:payee|payer|recipient|counterparty)))?$|^(?:auftraggeber|empfanger|beguenstigter|begunstigter|zahlungs(?:empfanger(?: in)?|pflichtiger?(?: in)?)|zahlungspartner|gegenpartei|transaktionspartner|partnername|vertragspartner)(?: .*)?$|^naam(?: (?:tegenpartij(?: bevat)?|omschrijving))?(?: omschrijving)?$|^ellenoldali nev$|^(?:nom|tiers|contrepartie)(?: .*)?$|^beneficiario|^ordenante|^beneficiaire|^controparte|^nadawca odbiorca|^dane kontrahenta|^kontrahent|^mottaker|^modtager|^mottagare|^saaja|^saaja maksaja|^avsender|^afzender|^from$|^to$|^(?:контрагент|получатель|плательщик)/,
  ],
  [
    "currency",
    /^(?:currency(?: code)?|ccy|cur|curr|wahrung|waehrung|devise|divisa|moneda|valuta|munt(?:soort)?|muntsoort|waluta|valuutta|devies|devizanem|valutacode|(?:payment|account) currency|mena|mon|moeda|currency of amount|валюта)$/,
  ],
  ["status", /^(?:status|state|transaction status|etat|estado|stato|buchungsstatus)$/],
  [
    "account",
    /^(?:account|own account|my account|iban|iban bban|account (?:number|no|id|iban|name)|rekening(?:nummer)?|eigen rekening|konto|auftragskonto|iban auftragskonto|kontonummer eigen|numero de compte|compte|cuenta|conto|rachunek|tilinumero|iban konto)$/,
  ],
  ["amount", /^(?:net|netto|net amount|netto ?betrag)$/],
  [
    "amount",
    /^(?:amount|betrag|umsatz|montant|importe|importo|bedrag|belop|belob|kwota|valor|summa?|suma|castka|osszeg|quantia|value|sum|total|transaction amount|amount in account currency|gross|brutto)(?: ?(?:eur|usd|gbp|chf|[a-z]{3}|in eur|in chf|euro|gbp|euros|de l operation|operacji|transakcji|transaction|value))?$|^(?:transaktions|buchungs|umsatz)betrag$|^bedrag eur$|^maara(?: euroa| eur)?$|^importe eur$|^amount [a-z]{3}$|^amount total$|^total amount$|^cash ?flow$|^(?:transactie|mutatie)bedrag$|^betrag (?:in )?[a-z ]*$|^transaktionsbelopp|^belopp$|^сумма(?: операции| платежа)?$/,
  ],
  [
    "reference",
    /^(?:transaction |bank |payment |our |your )?(?:reference|ref|referenz|referentie|referencia|riferimento|referens|viite)(?: (?:number|no|nr|id|code))?$|^(?:transaction|trans|txn|operation|payment|transfer) (?:id|number|no|code|nr)$|^id$|^fitid$|^unique (?:id|op)|^operation number|^volgnr|^folio$|^transferwise id|^numero (?:de )?(?:operation|movimiento)|^check (?:number|no)|^cheque (?:number|no)|^mandaatkenmerk/,
  ],
  [
    "description",
    /^(?:description|details?|narrative|memo|label|libelle(?: .*)?|text|buchungstext|verwendungszweck(?: .*)?|zweck|concepto|descripcion|descrizione|causale|omschrijving(?: .*)?|mededelingen|mededeling|communication(?:s)?|communicatie|tekst|opis(?: .*)?|tytul(?: .*)?|message|viesti|selite|particulars|transaction (?:description|details|text)|payment (?:details|reference|purpose)|note(?:s)?|observaciones|motif|info(?:rmation(?:s)?)?|remittance(?: information)?|unstructured|subject|avisierungstext|beskrivning|forklaring|spezifikation|historico|descricao|title|nature de l operation|merchant category|purpose|описание|основание|назначение(?: платежа)?)(?: ?\d)?$/,
  ],
  [
    "type",
    /^(?:type|transaction type|art|umsatzart|mutatiesoort|soort|code|category|kategorie|vorgang|buchungsart|tipo)$/,
  ],
];

/** What a title may say its column holds, the likeliest first; the cells decide between them (`Valuta` is a day to some, a currency to others). */
export function rolesOf(title: string): readonly ColumnRole[] {
  const plain = plainTitle(title);
  if (plain === "") return [];
  return [...new Set(TITLES.filter(([, pattern]) => pattern.test(plain)).map(([role]) => role))];
}

/** How well a row serves as the titles: different roles that it names, more for a day and an amount. */
export function titleScore(cells: readonly string[]): number {
  const roles = new Set(cells.flatMap((cell) => rolesOf(cell).slice(0, 1)));
  const money = roles.has("amount") || roles.has("debit") || roles.has("credit");
  const dated = roles.has("bookingDate") || roles.has("valueDate");
  return roles.size + (money ? 2 : 0) + (dated ? 2 : 0);
}
