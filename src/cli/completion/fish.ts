/** Completion for fish: conditions are functions of builtins, so that no program is started when Tab is pressed. */
import { commandNames, commandTable } from '../options/command-table.ts';
import type { CommandRow } from '../options/command-table.ts';
import type { CommandName } from '../options/option-row.ts';
import { completedOptions, namedCommands, valuedOptions } from './completed-options.ts';
import type { CompletedOption } from './completed-options.ts';

export function fishCompletion(): string {
  return `# fish completion for diskwhy; diskwhy completion fish prints it
function __diskwhy_command --description 'The command that was typed, explain where it has no name'
    set -l skip
    for word in (commandline --cut-at-cursor --current-process --tokenize)[2..-1]
        if set -q skip[1]
            set -e skip
            continue
        end
        switch $word
            case --
                echo path
                return
            case ${valuedOptions.join(' ')}
                set skip 1
            case '-*'
            case ${namedCommands.join(' ')}
                echo $word
                return
            case '*'
                echo path
                return
        end
    end
    echo explain
end
function __diskwhy_is --description 'Whether options of this command may follow'
    set -l command (__diskwhy_command)
    test $command = path && set command explain
    contains -- $command $argv
end
${namedCommands.map((name) => `complete -c diskwhy -n 'test (__diskwhy_command) = explain' -a ${name} -d ${quoted(commandTable[name].summary)}`).join('\n')}
${commandNames.flatMap(commandLines).join('\n')}
`;
}

function commandLines(name: CommandName): string[] {
  const { values }: CommandRow['operands'] = commandTable[name].operands;
  const words =
    values === undefined
      ? []
      : [`complete -c diskwhy -n '__diskwhy_is ${name}' -f -a ${quoted(values.join(' '))}`];
  return [...words, ...completedOptions(name).map((option) => optionLine(name, option))];
}

function optionLine(command: CommandName, { names, help, value }: CompletedOption): string {
  const spelled = names.map((name) => (name.length === 1 ? `-s ${name}` : `-l ${name}`)).join(' ');
  const argument = {
    none: '',
    path: ' -r -F',
    free: ' -x',
  };
  const takes = typeof value === 'string' ? argument[value] : ` -x -a ${quoted(value.join(' '))}`;
  return `complete -c diskwhy -n '__diskwhy_is ${command}' ${spelled}${takes} -d ${quoted(help)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/gu, String.raw`\$&`)}'`;
}
