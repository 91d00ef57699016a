import { type AnyRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "../kit/area-declaration.ts";
import { ProblemState } from "../kit/problem-state.tsx";
import { RecordSkeleton } from "../kit/record/record-skeleton.tsx";
import { NotFound } from "./not-found.tsx";

/** A screen's route: its code is fetched when somebody points at a link to it. */
export function routeOf(parent: AnyRoute, screen: Screen): AnyRoute {
  return createRoute({
    getParentRoute: () => parent,
    path: screen.path,
    component: lazyRouteComponent(screen.load as () => Promise<Record<string, never>>, screen.component),
  });
}

/** Addresses carry plain words: `?status=active`, never JSON. */
function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

export function routerOf(tree: AnyRoute, basepath: string) {
  return createRouter({
    routeTree: tree,
    basepath,
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPreloadDelay: 30,
    defaultPendingMs: 300,
    scrollRestoration: true,
    defaultPendingComponent: () => <RecordSkeleton />,
    defaultNotFoundComponent: () => <NotFound />,
    defaultErrorComponent: ({ error, reset }) => <ProblemState error={error} retry={reset} />,
  });
}
