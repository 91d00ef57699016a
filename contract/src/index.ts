export { ERRORS, type ErrorCode } from "./errors.ts";
export { PageQuery, pageOf } from "./page.ts";
export { CountryCode, CurrencyCode, Day, Instant, MinorAmount, MoneyValue, Month } from "./values.ts";
