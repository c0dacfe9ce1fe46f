/** The paths a command was given, as they were typed: the kernel knows where relative ones start. */
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import type { Terminal } from './terminal.ts';

/**
 * @param given what stands on the command line for a positional.
 * @throws {UsageError} for a relative path where the working directory is gone.
 */
export function parsePaths(given: unknown, terminal: Terminal): ByteString[] {
  const paths = (Array.isArray(given) ? given : []).map(String).map(terminal.argumentBytes);
  const relative = paths.find((path) => !path.startsWith('/'));
  if (relative !== undefined && !terminal.hasWorkingDirectory)
    throw new UsageError('the working directory is gone: no such file or directory', relative);
  return paths;
}

/** Paths of what to look at: none given means the working directory. */
export function parsePathsOrHere(given: unknown, terminal: Terminal): ByteString[] {
  const paths = parsePaths(given, terminal);
  return paths.length > 0 ? paths : parsePaths(['.'], terminal);
}
