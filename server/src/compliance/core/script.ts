import anyAscii from "any-ascii";
import { NATIVE_FORMS } from "./legal-forms.ts";

/**
 * Which way of writing a word came in. `abjad` writes no short vowels (Arabic, Hebrew), `sounded` was put into Latin letters by its sound
 * with much loss (Chinese, Japanese, Korean, Thai, Khmer …), `other` with little (Cyrillic, Greek, Armenian, Georgian, Devanagari).
 */
export type Script = "latin" | "other" | "abjad" | "sounded";

export interface LatinWord {
  /** plain letters and digits, lower case */
  readonly text: string;
  readonly script: Script;
  /** The dots of "A.B.C." or "J.-C." stood between its letters. */
  readonly dotted: boolean;
}

const ABJAD = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;
const SOUNDED =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const CJK = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\sー・·]+$/u;
const HANGUL = /^\p{Script=Hangul}+$/u;
const HAN = /^\p{Script=Han}+$/u;
const LATIN = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s\p{M}]*$/u;

/** Marks that stand for a sound of Arabic or for nothing at all: they join, they do not part. */
const APOSTROPHES = /['’‘ʼʻʾʿ`´′ˈ"“”«»]/gu;
const DOTTED = /(?<![\p{L}\p{N}])(?:\p{L}\.[-\s]?){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu;

/** Letters of Arabic and Hebrew that the library renders otherwise than names are usually written. */
const ABJAD_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[\u064B-\u065F\u0670\u0640\u05B0-\u05C7]/gu, ""],
  [/(?<!\p{L})ال/gu, "al "],
  [/ة/gu, "ه"],
  [/[ىئ]/gu, "ي"],
  [/ؤ/gu, "و"],
  [/[أإآٱ]/gu, "ا"],
  // q: no letter before h makes it kh
  [/[ךכ]/gu, "q"],
  [/[ףפ]/gu, "p"],
  [/ב/gu, "b"],
  [/ג/gu, "g"],
  [/ו/gu, "w"],
];

/** Greek pairs of letters that are one sound, and those that are it in foreign names only. */
const GREEK: readonly (readonly [RegExp, string])[] = [
  [/ο[υύ]/giu, "u"],
  [/τζ/giu, "j"],
  [/χ/giu, "kh"],
  [/γ[ιί](?=[αάεέοόωώουύ])/giu, "y"],
];
const GREEK_FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/μπ/giu, "b"],
  [/ντ/giu, "d"],
  [/γκ/giu, "g"],
];
const GREEK_LETTERS = /\p{Script=Greek}/u;

const replaced = (text: string, letters: readonly (readonly [RegExp, string])[]) =>
  letters.reduce((done, [letter, latin]) => done.replace(letter, latin), text);

/** What a Korean family name is usually written as. */
const KOREAN_FAMILIES: Readonly<Record<string, string>> = {
  김: "kim",
  이: "lee",
  박: "park",
  최: "choi",
  정: "jung",
  강: "kang",
  조: "cho",
  윤: "yoon",
  장: "jang",
  임: "lim",
  림: "rim",
  오: "oh",
  한: "han",
  신: "shin",
  서: "seo",
  권: "kwon",
  황: "hwang",
  안: "ahn",
  송: "song",
  류: "ryu",
  유: "yoo",
  홍: "hong",
  전: "jeon",
  고: "ko",
  문: "moon",
  손: "son",
  양: "yang",
  배: "bae",
  백: "baek",
  허: "heo",
  노: "noh",
  로: "ro",
  리: "ri",
  남: "nam",
  심: "shim",
  하: "ha",
  주: "ju",
  구: "koo",
  우: "woo",
};

/** Family names in Chinese characters as Koreans read them, and the characters of given names that go with them. */
const HANJA: Readonly<Record<string, string>> = {
  金: "kim",
  朴: "pak",
  崔: "choe",
  鄭: "jong",
  趙: "cho",
  尹: "yun",
  姜: "kang",
  李: "ri",
  張: "jang",
  林: "rim",
  韓: "han",
  申: "sin",
  徐: "so",
  權: "kwon",
  黃: "hwang",
  安: "an",
  宋: "song",
  洪: "hong",
  白: "paek",
  文: "mun",
  正: "jong",
  恩: "un",
  日: "il",
  成: "song",
  永: "yong",
  南: "nam",
  哲: "chol",
  明: "myong",
  英: "yong",
  勳: "hun",
  秀: "su",
  龍: "ryong",
  大: "tae",
  中: "jung",
  玄: "hyon",
  在: "jae",
  寅: "in",
  槿: "gun",
  惠: "hye",
  與: "yo",
  与: "yo",
  正恩: "jongun",
  学: "hak",
  國: "guk",
  国: "guk",
  泰: "tae",
  相: "sang",
  光: "kwang",
  男: "nam",
  雄: "ung",
  姬: "hui",
  鐘: "jong",
  根: "gun",
};

/** Family and given names in Chinese characters as Japanese read them. */
const KANJI: Readonly<Record<string, string>> = {
  山田: "yamada",
  田中: "tanaka",
  佐藤: "sato",
  鈴木: "suzuki",
  高橋: "takahashi",
  伊藤: "ito",
  渡辺: "watanabe",
  山本: "yamamoto",
  中村: "nakamura",
  小林: "kobayashi",
  加藤: "kato",
  吉田: "yoshida",
  佐々木: "sasaki",
  山口: "yamaguchi",
  松本: "matsumoto",
  井上: "inoue",
  木村: "kimura",
  林: "hayashi",
  清水: "shimizu",
  山崎: "yamazaki",
  森: "mori",
  池田: "ikeda",
  橋本: "hashimoto",
  阿部: "abe",
  安倍: "abe",
  石川: "ishikawa",
  前田: "maeda",
  藤田: "fujita",
  小川: "ogawa",
  岡田: "okada",
  後藤: "goto",
  長谷川: "hasegawa",
  村上: "murakami",
  近藤: "kondo",
  石井: "ishii",
  坂本: "sakamoto",
  遠藤: "endo",
  青木: "aoki",
  藤井: "fujii",
  西村: "nishimura",
  福田: "fukuda",
  太田: "ota",
  三浦: "miura",
  岡本: "okamoto",
  松田: "matsuda",
  中島: "nakajima",
  中川: "nakagawa",
  原田: "harada",
  小野: "ono",
  田村: "tamura",
  竹内: "takeuchi",
  金子: "kaneko",
  和田: "wada",
  中山: "nakayama",
  石田: "ishida",
  上田: "ueda",
  森田: "morita",
  石破: "ishiba",
  岸田: "kishida",
  菅: "suga",
  野田: "noda",
  高市: "takaichi",
  麻生: "aso",
  太郎: "taro",
  一郎: "ichiro",
  次郎: "jiro",
  三郎: "saburo",
  健: "ken",
  誠: "makoto",
  浩: "hiroshi",
  隆: "takashi",
  茂: "shigeru",
  実: "minoru",
  清: "kiyoshi",
  進: "susumu",
  勇: "isamu",
  博: "hiroshi",
  明: "akira",
  花子: "hanako",
  幸子: "sachiko",
  和子: "kazuko",
  恵子: "keiko",
  久美子: "kumiko",
  晋三: "shinzo",
  文雄: "fumio",
  義偉: "yoshihide",
  純一郎: "junichiro",
  早苗: "sanae",
  大輔: "daisuke",
  翔太: "shota",
  直樹: "naoki",
  健太: "kenta",
  哲也: "tetsuya",
};

/** A name's words in plain Latin letters. */
export function latinWords(name: string): readonly LatinWord[] {
  if (PLAIN.test(name)) return plainWords(name);
  let text = name.normalize("NFKC").replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/gu, "");
  for (const [form, latin] of NATIVE_FORMS) text = text.replace(form, latin);
  text = text.replace(DOTTED, (letters) => `${letters.replace(/[^\p{L}]/gu, "")}\uE000 `);
  text = text
    .replace(APOSTROPHES, "")
    .replace(/&|\+/g, " and ")
    .replace(/(\d)\s*%/g, "$1 percent ");
  const words: LatinWord[] = [];
  for (const part of text.split(/[^\p{L}\p{N}\p{M}\uE000]+/u)) if (part !== "") words.push(...wordsOf(part));
  return words;
}

/** Most names of most lists: Latin letters without marks, written plainly. */
const PLAIN = /^[A-Za-z ,-]*$/;

function plainWords(name: string): LatinWord[] {
  const words: LatinWord[] = [];
  for (const part of name.split(/[ ,-]+/))
    if (part !== "")
      for (const word of camel(part).split(" "))
        words.push({ text: word.toLowerCase(), script: "latin", dotted: false });
  return words;
}

function wordsOf(part: string): LatinWord[] {
  const dotted = part.endsWith("\uE000");
  const plain = dotted ? part.slice(0, -1) : part;
  if (LATIN.test(plain)) return split(camel(plain), "latin", dotted);
  if (ABJAD.test(plain)) return split(abjad(plain), "abjad", dotted);
  if (HANGUL.test(plain) && plain.length <= 5) return korean(plain);
  if (HAN.test(plain) && plain.length <= 4) return chinese(plain);
  if (GREEK_LETTERS.test(plain)) return split(anyAscii(replaced(plain, GREEK)), "other", dotted);
  return split(anyAscii(plain), SOUNDED.test(plain) ? "sounded" : "other", dotted);
}

/** "VladimirPutin" is two words; "McDonald", "DeVries" and "GmbH" stay one. */
function camel(word: string): string {
  return word
    .replace(/(\p{Ll}{3,})(\p{Lu}\p{Ll}{2,})/gu, "$1 $2")
    .replace(/^(\p{Lu}\p{Ll}{3,})(AG|SA|GmbH|LLC|Ltd|Inc|SE|NV|BV)$/u, "$1 $2");
}

function abjad(word: string): string {
  return anyAscii(replaced(word, ABJAD_LETTERS)).replace(/[`']/g, "");
}

function split(latin: string, script: Script, dotted: boolean): LatinWord[] {
  const words = anyAscii(latin)
    .toLowerCase()
    .replace(/['`]/g, "")
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== "").map((word) => ({ text: misread(word), script, dotted }));
}

/** Digits in place of letters: "Ig0r Sech1n". Not "R2D2" nor "AR16": a digit must stand between letters or there must be four of them. */
function misread(word: string): string {
  if (!/[a-z]/.test(word) || !/[0134578]/.test(word)) return word;
  const letters = word.replace(/[^a-z]/g, "").length;
  if (letters < 3 || word.length - letters > letters / 2 || /\d{2}|^\d+[a-z]{1,2}$/.test(word)) return word;
  return word.replace(
    /[0134578]/g,
    (digit) => ({ 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b" })[digit] ?? digit,
  );
}

function korean(name: string): LatinWord[] {
  const family = KOREAN_FAMILIES[name.charAt(0)];
  const sound = (text: string) => anyAscii(text).toLowerCase();
  if (family === undefined || name.length < 2) return [{ text: sound(name), script: "sounded", dotted: false }];
  return [family, sound(name.slice(1))].map((text) => ({ text, script: "sounded", dotted: false }));
}

/** The family name is the first character; syllables of the given name are one word. */
function chinese(name: string): LatinWord[] {
  const sound = (text: string) => anyAscii(text).toLowerCase();
  const parts = name.length < 2 ? [name] : [name.charAt(0), name.slice(1)];
  return parts.map((part) => ({ text: sound(part), script: "sounded", dotted: false }));
}

/** Chinese characters as Koreans and Japanese would read them, where all of them are known; foreign names as Greeks write them. */
export function otherReadings(name: string): readonly string[] {
  const plain = name.normalize("NFKC").trim();
  if (GREEK_LETTERS.test(plain)) {
    const foreign = replaced(plain, GREEK_FOREIGN);
    return foreign === plain ? [] : [foreign];
  }
  if (!HAN.test(plain) || plain.length < 2 || plain.length > 6) return [];
  const readings: string[] = [];
  const hanja = [...plain].map((character) => HANJA[character]);
  if (hanja.every((reading) => reading !== undefined)) readings.push(`${hanja[0]} ${hanja.slice(1).join("")}`);
  for (let at = 1; at < plain.length; at++) {
    const [family, given] = [KANJI[plain.slice(0, at)], KANJI[plain.slice(at)]];
    if (family !== undefined && given !== undefined) readings.push(`${given} ${family}`);
  }
  return readings;
}

/** The characters themselves, where a name is written in Chinese, Japanese or Korean ones throughout: there one stroke makes another name. */
export function nativeCharacters(name: string): string | undefined {
  const plain = name.normalize("NFKC").trim();
  return plain !== "" && CJK.test(plain) ? plain.replace(/[\s・·ー]/gu, "") : undefined;
}
