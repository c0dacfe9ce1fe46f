/** `diskwhy completion [SHELL]`: prints a script that completes commands, options, values and paths. */
import { toText } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { shells } from '../options/command-table.ts';
import type { Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal/terminal.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export async function runCompletion(
  { operands }: Request<'completion'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const word = operands.map(toText).at(0) ?? process.env['SHELL']?.split('/').at(-1);
  const shell = shells.find((one) => one === word);
  if (shell === undefined)
    throw new UsageError(`diskwhy completion SHELL: name the shell: ${shells.join(', ')}`);
  await terminal.print(scripts[shell]());
  return ExitCode.done;
}
