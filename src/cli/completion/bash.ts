/** Completion for bash: one function of builtins, so that no program is started when Tab is pressed. */
import { commandNames, commandTable } from '../options/command-table.ts';
import type { CommandRow } from '../options/command-table.ts';
import { dashed } from '../options/option-table.ts';
import { completedOptions, namedCommands, valuedOptions } from './completed-options.ts';

export function bashCompletion(): string {
  return `# bash completion for diskwhy; diskwhy completion bash prints it
_diskwhy() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= option= candidates= skip= dashes= word i
  COMPREPLY=()
  # bash takes --color=auto apart: three words.
  if [[ $cur == = ]]; then option=$before cur=
  elif [[ $before == = ]]; then option=\${COMP_WORDS[COMP_CWORD-2]}
  else option=$before
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $skip && $word != = ]]; then skip=; continue; fi
    case $word in
      --) dashes=1; break ;;
      ${valuedOptions.join('|')}) skip=1 ;;
      -*|=) ;;
      *) [[ $command ]] || command=$word ;;
    esac
  done
  [[ $dashes ]] && return
  if [[ $skip ]]; then
    case $option in
${valueCases()}
      *) compopt +o default ;;
    esac
  else
    case $command in ${namedCommands.join('|')}) ;; '') command=explain candidates='${namedCommands.join(' ')}' ;; *) command=explain ;; esac
    if [[ $cur == -* ]]; then
      case $command in
${commandNames.map((name) => `        ${name}) candidates='${optionWords(name)}' ;;`).join('\n')}
      esac
    elif [[ $candidates ]]; then compopt -o plusdirs
    else
      case $command in
${wordCases()}
      esac
    fi
  fi
  for word in $candidates; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}
complete -o default -F _diskwhy diskwhy
`;
}

function optionWords(name: (typeof commandNames)[number]): string {
  return completedOptions(name)
    .flatMap(({ names }) => names.map(dashed))
    .join(' ');
}

/** Options with words to choose from; those that take a path fall through to bash's own completion. */
function valueCases(): string {
  const cases = new Map<string, string>();
  for (const { names, value } of commandNames.flatMap(completedOptions)) {
    const pattern = names.map(dashed).join('|');
    if (value === 'path') cases.set(pattern, 'return');
    else if (typeof value !== 'string') cases.set(pattern, `candidates='${value.join(' ')}'`);
  }
  return [...cases].map(([pattern, action]) => `      ${pattern}) ${action} ;;`).join('\n');
}

/** Commands whose operands are words of their own. */
function wordCases(): string {
  return commandNames
    .flatMap((name) => {
      const { values }: CommandRow['operands'] = commandTable[name].operands;
      return values === undefined
        ? []
        : [`        ${name}) candidates='${values.join(' ')}'; compopt +o default ;;`];
    })
    .join('\n');
}
