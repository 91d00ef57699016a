export { runSimulation, type SimulationNeeds } from "./run.ts";
export { simulationEvidence, startSimulation } from "./service.ts";
