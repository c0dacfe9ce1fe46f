/** Runs the commands of one step of `diskwhy free --apply`, without a shell. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ownCommand } from '../invocation/own-command.ts';
import { runCommand } from '../../system/processes/run-command.ts';

/** Whether all of its commands ended well; the first that does not ends the step. */
export async function runStep(
  commands: readonly (readonly ByteString[])[],
  signal: AbortSignal,
): Promise<boolean> {
  for (const argv of commands) if ((await runCommand(ownProgram(argv), signal)) !== 0) return false;
  return true;
}

/** `diskwhy tmp …` is this program, wherever it is installed; the question has been answered. */
function ownProgram(argv: readonly ByteString[]): readonly ByteString[] {
  if (argv[0] !== 'diskwhy') return argv;
  return [...ownCommand(), ...argv.slice(1), fromText('--yes')];
}
