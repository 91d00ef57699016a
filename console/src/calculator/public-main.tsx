import "../kit/library.css";
import "../kit/base.css";
import { createRootRoute } from "@tanstack/react-router";
import { startProgram } from "../app/program.tsx";
import { routerOf } from "../app/screens.tsx";
import { PublicCalculatorView } from "./public-calculator.tsx";

// A page of its own: whoever opens it is nobody, and finds nothing but the calculator.
const root = createRootRoute({ component: PublicCalculatorView, notFoundComponent: PublicCalculatorView });

void startProgram(routerOf(root, "/calculator"));
