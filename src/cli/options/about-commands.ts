/** The commands that tell of the program itself. */
import { everyCommand, telling } from './command-groups.ts';
import type { CommandRow } from './command-row.ts';

/** Topics of `diskwhy help`, beside the names of commands. */
export const helpTopics = ['sizes', 'conditions', 'exit-codes', 'json', 'settings'] as const;

export const shells = ['bash', 'zsh', 'fish'] as const;

export const aboutCommands = {
  help: {
    operands: {
      placeholder: 'TOPIC',
      least: 0,
      most: 1,
      help: 'a command, or one of the topics',
      without: 'all options of diskwhy itself',
      values: [...everyCommand, ...helpTopics],
    },
    summary: 'more about a command or a topic',
    examples: [
      ['diskwhy help tmp', 'all options of diskwhy tmp'],
      ['diskwhy help exit-codes', 'what the exit codes say'],
    ],
  },
  completion: {
    operands: {
      placeholder: 'SHELL',
      least: 0,
      most: 1,
      help: 'the shell to complete for',
      without: 'the one that $SHELL names',
      values: shells,
    },
    summary: 'print a completion script for the shell',
    examples: [
      ['source <(diskwhy completion bash)', 'completion in this bash'],
      ['diskwhy completion fish > diskwhy.fish', 'for ~/.config/fish/completions'],
    ],
  },
  config: {
    operands: {
      placeholder: 'COMMAND',
      least: 0,
      most: 1,
      help: 'a command; explain is the one without a name',
      without: 'all commands',
      values: everyCommand.filter((name) => !telling.some((one) => one === name)),
    },
    summary: 'print which values are in force, and where each is set',
    examples: [
      ['diskwhy config', 'all values, as a file that could be /etc/diskwhy/config.toml'],
      ['diskwhy config tmp', 'those of diskwhy tmp'],
    ],
  },
} as const satisfies Record<string, CommandRow>;
