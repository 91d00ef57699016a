/**
 * Something outside the program keeps it from starting (a port, a folder, a missing right).
 * The command line prints the one sentence and ends with exit code 1: no stack trace, since nothing is broken inside.
 */
export class StartupProblem extends Error {
  override readonly name = "StartupProblem";
}
