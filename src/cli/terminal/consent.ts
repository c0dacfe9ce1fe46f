/** Whether a deletion that was typed may go ahead. */
import { UsageError } from '../../model/errors.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks once where standard input is a terminal, wherever the other streams go. Elsewhere the option is the consent,
 * unless what goes wrong would be seen by nobody: then throws UsageError.
 * @param option what asks for the deletion, as it is typed.
 */
export async function consents(
  question: string,
  option: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  if (terminal.canAsk) return /^\s*y(?:es)?\s*$/iu.test((await terminal.ask(question, signal)) ?? '');
  if (terminal.isErrorLost)
    throw new UsageError(
      `${option} can ask nobody here, and standard error is thrown away: add --yes, or keep standard error`,
    );
  return true;
}
