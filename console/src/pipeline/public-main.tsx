import "../kit/library.css";
import "../kit/base.css";
import { createRootRoute } from "@tanstack/react-router";
import { startProgram } from "../app/program.tsx";
import { routerOf } from "../app/screens.tsx";
import { PublicFormView } from "./public-form.tsx";

// A page of its own: whoever opens it is nobody, and finds nothing but the form.
const root = createRootRoute({ component: PublicFormView, notFoundComponent: PublicFormView });

void startProgram(routerOf(root, "/apply"));
