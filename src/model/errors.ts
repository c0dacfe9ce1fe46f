/** The errors a user can cause: each is one clear line and an exit code, never a stack trace. */
import type { ByteString } from './byte-string.ts';

/** What the process's exit status says (DESIGN §5). */
export const ExitCode = {
  done: 0,
  found: 1,
  usage: 2,
  partial: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * Wrong usage, or something diskwhy refuses to do. Printed as one line: "diskwhy: ", the path where there is one,
 * and the message, which says what was wrong and what to do.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode: ExitCode;
  readonly path: ByteString | undefined;

  constructor(message: string, path?: ByteString, exitCode: ExitCode = ExitCode.usage) {
    super(message);
    this.exitCode = exitCode;
    this.path = path;
  }
}
