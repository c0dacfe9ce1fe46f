/** `diskwhy report [path…] -o FILE`: the report as one page to keep, send or print; what `diskwhy --html` makes. */
import type { ExitCode } from '../../model/errors.ts';
import { readOptions } from '../command-line/read-request.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import { noSettings } from '../settings/setting.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { runExplain } from './explain.ts';

export async function runReport(
  { options, given, operands }: Request<'report'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const defaults = readOptions('explain', new Map(), noSettings).options as unknown as OptionsOf<'explain'>;
  const explaining = { ...defaults, ...options, html: true };
  return await runExplain({ command: 'explain', options: explaining, given, operands }, terminal);
}
