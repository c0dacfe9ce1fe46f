/** The commands, each loaded only when it is asked for. Adding one is a line here and its file in commands/. */
import type { Command } from './command.ts';

interface CommandEntry {
  readonly load: () => Promise<Command>;
  /** It scans trees, so that threads may be started before anything else. */
  readonly scans: boolean;
}

/** By name; '' is the default command. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  '': { load: async () => (await import('./commands/explain.ts')).explainCommand, scans: true },
  watch: { load: async () => (await import('./commands/watch.ts')).watchCommand, scans: true },
  tmp: { load: async () => (await import('./commands/tmp.ts')).tmpCommand, scans: true },
  log: { load: async () => (await import('./commands/log.ts')).logCommand, scans: false },
};

/** How the completion script of the shell calls the program, followed by its name and the words so far. */
export const COMPLETE_REQUEST = '--get-yargs-completions';

/** The name of the command that `argv` asks for: its first word if that is one, whatever flags stand before it. */
export function commandName(argv: readonly string[]): string {
  const words = argv[0] === COMPLETE_REQUEST ? argv.slice(2) : argv;
  const first = words.find((word) => !word.startsWith('-')) ?? '';
  return Object.hasOwn(commands, first) ? first : '';
}
