/** The terminal as a request wants it: in ASCII where it, or the locale, says so. */
import type { Request } from './options/typed-options.ts';
import { isAsciiByEnvironment } from './terminal/characters.ts';
import type { Terminal } from './terminal/terminal.ts';

/** @param environment of the process. */
export async function shapedTerminal(
  { options }: Request,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<Terminal> {
  if (!('ascii' in options) || !(options.ascii || isAsciiByEnvironment(environment))) return terminal;
  const { asciiText } = await import('../render/terminal/ascii.ts');
  const isJson = ('json' in options && options.json) || ('ndjson' in options && options.ndjson);
  return {
    ...terminal,
    drawn: asciiText,
    print: isJson
      ? terminal.print
      : (text) => terminal.print(typeof text === 'string' ? asciiText(text) : text),
    writeError: (text) => terminal.writeError(asciiText(text)),
    ask: (question, signal) => terminal.ask(asciiText(question), signal),
  };
}
