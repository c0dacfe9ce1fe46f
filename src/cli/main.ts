/** Runs the program from its source; a bundle starts at bundle/start.ts. */
import { isVersionAsked, printVersion } from './invocation/version.ts';

if (isVersionAsked()) {
  process.exitCode = printVersion();
} else {
  const { runProgram } = await import('./program.ts');
  await runProgram();
}
