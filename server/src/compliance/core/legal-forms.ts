import { soundDistance } from "./distance.ts";

/**
 * Legal forms of companies, grouped by what they are alike to a screener: the class is compared, the spelling is not.
 * A line: class, then its spellings separated by `|`, in plain Latin lower case without dots.
 */
const FORMS = `
limited: ltd|limited|ltda|limitada|private limited|pvt ltd|pvt limited|pte ltd|pte limited|pty ltd|pty limited|proprietary limited|pty|pte|pvt|company limited|y cia ltda|y compania ltda|co ltd|co limited|sdn bhd|sendirian berhad|limited company
llc: llc|limited liability company|limited liability co|ooo|obshchestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostiu|obshchestvo s ogranichennoj otvetstvennostju|oo o|tov|tovarystvo z obmezhenoyu vidpovidalnistyu|too|tovarishchestvo s ogranichennoy otvetstvennostyu|gmbh|gesellschaft mit beschrankter haftung|gesellschaft mit beschraenkter haftung|gesmbh|mbh|srl|s r l|sarl|societe a responsabilite limitee|societa a responsabilita limitata|sociedad de responsabilidad limitada|sociedad limitada|societatea cu raspundere limitata|societate cu raspundere limitata|s de rl|s de rl de cv|bv|besloten vennootschap|bvba|sprl|sp z oo|spolka z ograniczona odpowiedzialnoscia|spol s ro|sro|spolecnost s rucenim omezenym|doo|d o o|drustvo s ogranicenom odgovornoscu|ood|eood|kft|korlatolt felelossegu tarsasag|oy|osakeyhtio|oue|ou|osauhing|uab|sia|aps|anpartsselskab|mmc|mchj|yk|yugen kaisha|youxian gongsi|youxian zeren gongsi|lllc|limited sirketi|ltd sti|shpk|mas uliyati cheklangan jamiyati|eurl|wll|fze|fzco|fzc|fz llc|free zone establishment|free zone company
joint stock: jsc|joint stock company|joint stock co|open joint stock company|ojsc|closed joint stock company|cjsc|public joint stock company|pjsc|private joint stock company|prjsc|ao|oao|zao|pao|pat|prat|aktsionernoe obshchestvo|aktsionernoye obshchestvo|otkrytoe aktsionernoe obshchestvo|otkrytoye aktsionernoye obshchestvo|zakrytoe aktsionernoe obshchestvo|zakrytoye aktsionernoye obshchestvo|publichnoe aktsionernoe obshchestvo|publichnoye aktsionernoye obshchestvo|ag|akg|aktiengesellschaft|sa|s a|societe anonyme|sociedad anonima|sociedade anonima|sa de cv|s a de c v|sociedad anonima de capital variable|sapi de cv|sab de cv|spa|societa per azioni|nv|naamloze vennootschap|plc|public limited company|public ltd co|ab|aktiebolag|aktiebolaget|as|a s|asa|aksjeselskap|aktieselskab|anonim sirketi|anonim sirket|a s|oyj|ad|ead|aktsionerno druzhestvo|akcionarsko drustvo|dd|d d|rt|nyrt|zrt|kk|kabushiki kaisha|kabushiki gaisha|tbk|pt|perseroan terbatas|saog|saoc|kpsc|sas|s a s|societe par actions simplifiee|sociedad por acciones simplificada|gufen youxian gongsi|chusik hoesa|jusik hoesa|as anonim|as sirketi|inc|incorporated|incorporation|corp|corporation|co inc|co|company|korp|korporatsiya|korporatsia|korporation|kompany|compagnie|cia|compania|companhia|kompaniya|kompania|bhd|berhad|se|societas europaea|eg|kgaa|ae|anonymi etaireia
partnership: lp|limited partnership|llp|limited liability partnership|lllp|gp|general partnership|kg|kommanditgesellschaft|gmbh co kg|ohg|offene handelsgesellschaft|snc|scs|sca|cv|commanditaire vennootschap|vof|gbr|ks|komandytowa|s en c|s en cs|y cia s en c|y cia s en cs|y compania s en c|y compania s en cs
sole: ip|individualnyy predprinimatel|fop|ek|eireli|sole proprietorship|dba
non-profit: ano|avtonomnaya nekommercheskaya organizatsiya|ngo|nko|ev|eingetragener verein|stiftung|stichting|asbl|vzw|onlus|ong|nonprofit|non profit|fundatia
state: fgup|federal state unitary enterprise|fsue|gup|state unitary enterprise|sue|mup|federalnoe gosudarstvennoe unitarnoe predpriyatie|gosudarstvennoe unitarnoe predpriyatie|soe|state enterprise|gp gosudarstvennoe predpriyatie
`;

/** Spellings in other scripts, replaced before anything is put into Latin letters. */
export const NATIVE_FORMS: readonly (readonly [RegExp, string])[] = [
  [/股份有限公司|股份公司/gu, " gufen youxian gongsi "],
  [/有限责任公司|有限責任公司|有限公司/gu, " youxian gongsi "],
  [/株式会社|㈱|（株）|\(株\)/gu, " kabushiki kaisha "],
  [/有限会社/gu, " yugen kaisha "],
  [/주식회사|\(주\)|㈜/gu, " jusik hoesa "],
  [/유한회사/gu, " youxian gongsi "],
  [/(?<!\p{L})شرك[ةه](?!\p{L})/gu, " company "],
];

export interface LegalForm {
  readonly kind: string;
  readonly words: readonly string[];
}

function build(): ReadonlyMap<string, readonly LegalForm[]> {
  const byFirst = new Map<string, LegalForm[]>();
  for (const line of FORMS.trim().split("\n")) {
    const [kind = "", spellings = ""] = line.split(": ");
    for (const spelling of new Set(spellings.split("|"))) {
      const words = spelling.trim().split(" ");
      const first = words[0] as string;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { kind, words }]);
    }
  }
  for (const forms of byFirst.values()) forms.sort((left, right) => right.words.length - left.words.length);
  return byFirst;
}

const BY_FIRST_WORD = build();

/** The longest legal form that begins at `at`; a long word of one of several words may be misspelt or cut short by a letter. */
export function legalFormAt(words: readonly string[], at: number): LegalForm | undefined {
  const first = words[at];
  if (first === undefined) return undefined;
  const exact = BY_FIRST_WORD.get(first)?.find((form) =>
    form.words.every((word, index) => isLike(words[at + index], word)),
  );
  if (exact !== undefined) return exact;
  const slip = first.length > 5 ? MISSPELT_ALONE.find(({ words: [word = ""] }) => isSlip(first, word)) : undefined;
  if (slip !== undefined) return slip;
  return first.length < 5
    ? undefined
    : MISSPELT_FIRST.get(first.slice(0, 2))?.find((form) =>
        form.words.every((word, index) => isLike(words[at + index], word)),
      );
}

/** Forms of three words and more, whose first word may be misspelt as well. */
const MISSPELT_FIRST = Map.groupBy(
  [...BY_FIRST_WORD.values()].flat().filter(({ words }) => words.length > 2 && (words[0]?.length ?? 0) > 4),
  ({ words }) => (words[0] as string).slice(0, 2),
);

/** Long words that are a form by themselves and are often mistyped. */
const MISSPELT_ALONE: readonly LegalForm[] = [
  "limited",
  "company",
  "corporation",
  "incorporated",
  "aktiengesellschaft",
].flatMap((word) => (BY_FIRST_WORD.get(word) ?? []).filter(({ words }) => words.length === 1));

/** The same letters but one, or two that changed places. */
function isSlip(given: string, wanted: string): boolean {
  return (
    given.charAt(0) === wanted.charAt(0) &&
    Math.abs(given.length - wanted.length) < 2 &&
    soundDistance(given, wanted, 1.1) <= 1
  );
}

function isLike(given: string | undefined, wanted: string): boolean {
  if (given === wanted) return true;
  if (given === undefined || wanted.length < 5 || Math.abs(given.length - wanted.length) > 1) return false;
  let start = 0;
  while (start < given.length && given[start] === wanted[start]) start++;
  const left = given.slice(start);
  const right = wanted.slice(start);
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1);
}
