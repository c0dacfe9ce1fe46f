/** Completion for zsh, by its own _arguments. */
import { commandTable, usageOf } from '../options/command-table.ts';
import type { CommandRow } from '../options/command-table.ts';
import type { CommandName } from '../options/option-row.ts';
import { dashed } from '../options/option-table.ts';
import { completedOptions, namedCommands, valuedOptions } from './completed-options.ts';
import type { CompletedOption } from './completed-options.ts';

export function zshCompletion(): string {
  return `#compdef diskwhy
# zsh completion for diskwhy; diskwhy completion zsh prints it
_diskwhy_first() {
  local -a commands=(
${namedCommands.map((name) => `    ${quoted(`${name}:${commandTable[name].summary}`)}`).join('\n')}
  )
  _describe -t commands command commands
  _files
}
_diskwhy() {
  local command= word skip=
  for word in \${words[2,CURRENT-1]}; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      --) break ;;
      ${valuedOptions.join('|')}) skip=1 ;;
      -*) ;;
      *) command=$word; break ;;
    esac
  done
  case $command in
${namedCommands.map((name) => `    ${name})\n${specs(name)} ;;`).join('\n')}
    *)
${specs('explain')} ;;
  esac
}
_diskwhy "$@"
`;
}

function specs(name: CommandName): string {
  const { values, placeholder }: CommandRow['operands'] = commandTable[name].operands;
  const words = values === undefined ? '_files' : `(${values.join(' ')})`;
  const first = name === 'explain' ? '1: :_diskwhy_first' : `1: :(${name})`;
  return [
    `      # ${usageOf(name)}`,
    '      _arguments -s -S \\',
    ...completedOptions(name)
      .flatMap(optionSpecs)
      .map((spec) => `        ${spec} \\`),
    `        ${quoted(first)} ${quoted(`*:${placeholder}:${words}`)}`,
  ].join('\n');
}

function optionSpecs({ names, help, value, placeholder }: CompletedOption): string[] {
  const text = help.replaceAll(/[[\]:\\]/gu, String.raw`\$&`);
  const action = typeof value === 'string' ? (value === 'path' ? '_files' : '') : `(${value.join(' ')})`;
  return names.map((name) => {
    const long = dashed(name) + (value === 'none' ? '' : '=');
    return quoted(`*${long}[${text}]${value === 'none' ? '' : `:${placeholder}:${action}`}`);
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
