/** What a command is to the command line. */
import type { ExitCode } from '../model/errors.ts';
import type { CommandName } from './options/option-row.ts';
import type { Request } from './options/typed-options.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Refuses first what cannot be done (UsageError), then does it. */
export type RunCommand<Name extends CommandName> = (
  request: Request<Name>,
  terminal: Terminal,
) => Promise<ExitCode>;
