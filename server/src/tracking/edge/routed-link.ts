import type { CapEach, SmartMode } from "@tributary/contract";
import type { ClickVerdict, EdgeOffer, EdgePartner, EdgeProgram } from "../contracts.ts";
import type { Choice, ChoiceRules } from "../core/choose-offer.ts";
import type { Destination } from "../core/destination.ts";
import type { Parameters } from "../core/parameters.ts";
import type { Rotated } from "../core/rotation.ts";
import type { TargetCheck } from "../core/targeting.ts";
import type { EdgeLinkRow } from "../store/edge-rows.ts";
import type { ClickCap } from "./click-caps.ts";

/** A link with everything that a click on it needs, worked out once. */
export interface RoutedLink {
  readonly row: EdgeLinkRow;
  readonly program: RoutedProgram;
  readonly offer: EdgeOffer;
  readonly partner: EdgePartner;
  /** why clicks on it go to the fallback, whoever comes */
  readonly closed: ClickVerdict | undefined;
  /** where clicks go; undefined: nowhere, the landing page cannot be read */
  readonly destination: Destination | undefined;
  readonly fallback: Destination | undefined;
  /** countries that matter to it at all */
  readonly countries: boolean;
  /** what clicks on it have to be asked; undefined: nothing */
  readonly terms: LinkTerms | undefined;
  /** what is added to every destination but fallbacks */
  readonly parameters: Parameters;
  /** the part of a click's record that depends on the link only, as JSON */
  readonly json: string;
}

export interface RoutedProgram {
  readonly program: EdgeProgram;
  readonly fallback: Destination | undefined;
  /** name of the cookie that holds the visitor's last click id in this program */
  readonly cookie: string;
  /** `; Max-Age=…; Path=/; HttpOnly; SameSite=Lax` */
  readonly cookieAttributes: string;
  /** name of the cookie that holds the last impression's id; undefined: impressions are not used */
  readonly viewCookie: string | undefined;
  readonly viewSeconds: number;
  /** name of the cookie that keeps a visitor on its page of a rotation and its offer of a smart link */
  readonly stayCookie: string;
}

/** What a click on a link has to be asked, prepared. A link that asks nothing of its clicks has none of this. */
export interface LinkTerms {
  /** milliseconds since 1970; half-open */
  readonly link: { readonly from: number; readonly to: number; readonly target: TargetCheck | undefined };
  readonly offer: { readonly from: number; readonly to: number; readonly target: TargetCheck | undefined };
  /** pages to rotate; empty: the offer's one landing page */
  readonly landings: readonly RoutedLanding[];
  /** the page that the link names */
  readonly pinned: RoutedLanding | undefined;
  readonly caps: readonly RoutedCap[];
  readonly smart: RoutedSmart | undefined;
}

export interface RoutedLanding extends Rotated {
  readonly name: string;
  readonly destination: Destination;
  /** its part of a click's record */
  readonly json: string;
}

export interface RoutedCap extends ClickCap {
  readonly each: CapEach;
  readonly json: string;
  /** where clicks beyond it go; undefined: to the offer's fallback */
  readonly destination: Destination | undefined;
  readonly other: RoutedLink | undefined;
}

export interface RoutedSmart {
  readonly smartId: string;
  readonly rules: ChoiceRules & { readonly mode: SmartMode };
  readonly options: readonly SmartChoice[];
  readonly otherwise: RoutedLink;
}

export interface SmartChoice extends Choice {
  readonly link: RoutedLink;
  readonly when: TargetCheck | undefined;
}
