export { type TermsRange, termsFor, termsInForce } from "./core/precedence.ts";
