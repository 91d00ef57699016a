import "../kit/library.css";
import "../kit/base.css";
import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { setSourcePaths } from "../kit/why/source-path.ts";
import { areas } from "./areas.ts";
import { NotFound } from "./not-found.tsx";
import { OperatorShell } from "./operator-shell.tsx";
import { startProgram } from "./program.tsx";
import { routeOf, routerOf } from "./screens.tsx";

const root = createRootRoute({ component: Outlet });
const outside = [
  createRoute({
    getParentRoute: () => root,
    path: "/sign-in",
    component: lazyRouteComponent(() => import("../access/sign-in.tsx"), "SignIn"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/setup",
    component: lazyRouteComponent(() => import("../access/set-up.tsx"), "SetUp"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/welcome",
    component: lazyRouteComponent(() => import("../access/welcome.tsx"), "Welcome"),
  }),
];
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: OperatorShell });
const inside = areas.flatMap((area) => area.screens.map((screen) => routeOf(shell, screen)));
/** Whatever is no screen is said within the frame, so that one can go on from there. */
const nowhere = createRoute({ getParentRoute: () => shell, path: "$", component: NotFound });
const tree = root.addChildren([...outside, shell.addChildren([...inside, nowhere])]);

setSourcePaths(
  Object.fromEntries(areas.flatMap((area) => (area.finders ?? []).map((finder) => [finder.kind, finder.to]))),
);

void startProgram(routerOf(tree, "/"));
