export { commissionsIfMoved, type MovedCommission } from "./moved.ts";
export { runSimulation, type SimulationNeeds } from "./run.ts";
export { simulationEvidence, startSimulation } from "./service.ts";
