export {
  type ClickSource,
  type ConversionEvent,
  clickIdFrom,
  type EventAnswer,
  type SendAnswer,
  TributaryClient,
  type TributaryOptions,
  TributaryProblem,
} from "./client.ts";
export { type SignedHeaders, signedHeaders } from "./sign.ts";
