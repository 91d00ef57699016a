export { PlanAmount, PlanCode, PlanRate } from "./amounts.ts";
export { Base, type BaseTerm } from "./base.ts";
export { Clawback, CpaComponent } from "./cpa.ts";
export { Component, LineRounding, PlanDocument, type PlanInput } from "./document.ts";
export { type Condition, Qualification } from "./qualification.ts";
export { Carryover, RevenueShareComponent } from "./revenue-share.ts";
export { Conversion, Hold, Window } from "./timing.ts";
