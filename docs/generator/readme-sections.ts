/** The parts of the README that come from the tables of options, commands and exit codes. */
import { exitCodeMeanings } from '../../src/cli/help/exit-codes.ts';
import { defaultText, spelling } from '../../src/cli/help/option-text.ts';
import { commandNames, commandTable, usageOf } from '../../src/cli/options/command-table.ts';
import { optionGroups } from '../../src/cli/options/option-row.ts';
import type { CommandName, OptionRow } from '../../src/cli/options/option-row.ts';
import { rowsOf } from '../../src/cli/options/option-table.ts';
import { wrapWords } from '../../src/render/terminal/wrap.ts';

const COLUMNS = 118;

/** Text by the name of its markers: `<!-- NAME -->` before it, `<!-- /NAME -->` behind it. */
const readmeSections: ReadonlyMap<string, string> = new Map([
  ['commands', commandList()],
  ['exit codes', table(['code', 'meaning'], exitCodeMeanings)],
  ...(['explain', 'browse', 'watch', 'tmp', 'log', 'free', 'snapshot', 'diff', 'history'] as const).map(
    (name) => [`options of ${name}`, optionTable(name)] as const,
  ),
]);

/** The README with its sections written anew. Throws where a marker is missing. */
export function withSections(readme: string): string {
  let text = readme;
  for (const [name, section] of readmeSections) {
    const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`README.md has no section <!-- ${name} -->`);
    text = `${text.slice(0, from + start.length)}\n${section}\n\n${text.slice(to)}`;
  }
  return text;
}

function commandList(): string {
  const columns = Math.max(...commandNames.map((name) => usageOf(name).length));
  const lines = commandNames.map((name) => `${usageOf(name).padEnd(columns)}  ${commandTable[name].summary}`);
  return ['```', ...lines, '```'].join('\n');
}

/** What a command shares with the default one is named below its table. */
function optionTable(command: CommandName): string {
  const rows = optionGroups
    .flatMap((group) => rowsOf(command).filter((row) => row.group === group))
    .filter(({ group }) => group !== 'About');
  const isShared = (row: OptionRow): boolean => command !== 'explain' && row.commands.includes('explain');
  const shared = rows.filter(isShared).map(spelled).join(', ');
  const own = table(
    ['option', 'meaning'],
    rows.filter((row) => !isShared(row)).map((row) => [spelled(row), meaning(row)]),
  );
  return shared === '' ? own : `${own}\n\n${wrapWords('', `As above: ${shared}.`, COLUMNS).join('\n')}`;
}

function spelled(row: OptionRow): string {
  const negation = row.type !== 'flag' && row.negation ? [`--no-${row.name}`] : [];
  return [...spelling(row).split(', '), ...negation].map((one) => `\`${one}\``).join(', ');
}

function meaning(row: OptionRow): string {
  const without = defaultText(row);
  const isTyped = row.type !== 'flag' && row.default !== undefined;
  const fallback = without === undefined ? '' : isTyped ? ` (\`${without}\`)` : ` (default: ${without})`;
  const repeats = row.type !== 'flag' && row.repeatable === true ? '; repeatable' : '';
  const more = row.more === undefined ? '' : `. ${row.more}`;
  return `${row.help}${repeats}${fallback}${more}`.replaceAll('*', String.raw`\*`);
}

/** Columns as wide as their widest cell, as the formatter wants them. */
function table(head: readonly [string, string], body: readonly (readonly [string, string])[]): string {
  const rows = [head, ...body].map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const [first, ...rest] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  );
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n');
}
