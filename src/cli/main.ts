/** Where the program starts: the version at once, everything else with what it takes. */
import { printVersion } from './version.ts';

/** Runs the process's command line and sets its exit code. */
export async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.exitCode = printVersion();
    return;
  }
  const { runProgram } = await import('./program.ts');
  await runProgram();
}
