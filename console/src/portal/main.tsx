import "../kit/library.css";
import "../kit/base.css";
import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { NotFound } from "../app/not-found.tsx";
import { startProgram } from "../app/program.tsx";
import { routeOf, routerOf } from "../app/screens.tsx";
import { setSourcePaths } from "../kit/why/source-path.ts";
import { portalAreas } from "./areas.ts";
import { PortalShell } from "./portal-shell.tsx";

const root = createRootRoute({ component: Outlet });
const outside = [
  createRoute({
    getParentRoute: () => root,
    path: "/sign-in",
    component: lazyRouteComponent(() => import("../access/sign-in.tsx"), "SignIn"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/welcome",
    component: lazyRouteComponent(() => import("../access/welcome.tsx"), "Welcome"),
  }),
];
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: PortalShell });
const nowhere = createRoute({ getParentRoute: () => shell, path: "$", component: NotFound });
const tree = root.addChildren([
  ...outside,
  shell.addChildren([...portalAreas.flatMap((area) => area.screens.map((screen) => routeOf(shell, screen))), nowhere]),
]);

setSourcePaths(
  Object.fromEntries(portalAreas.flatMap((area) => (area.finders ?? []).map((finder) => [finder.kind, finder.to]))),
);

void startProgram(routerOf(tree, "/portal"));
