export { type AlertLetter, letterOf } from "./letter.ts";
