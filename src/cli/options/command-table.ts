/** Every command there is: its name, what may stand behind it, what it is for, and examples that work. */
import { aboutCommands } from './about-commands.ts';
import { everyCommand } from './command-groups.ts';
import type { CommandRow, Operands } from './command-row.ts';
import { fleetCommands } from './fleet-commands.ts';
import type { CommandName } from './option-row.ts';

export { helpTopics, shells } from './about-commands.ts';
export type { CommandRow } from './command-row.ts';

export const commandTable = {
  explain: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: Infinity,
      help: 'directories or files to explain',
      without: 'the current directory',
    },
    summary: 'why the disk under a tree is full',
    examples: [
      ['diskwhy /var', 'where the bytes below /var are, why, and how full its disk is'],
      ['sudo diskwhy / --depth 5 --min-size 1G', 'everything of at least 1 GiB on the root filesystem'],
      ['diskwhy /usr --owners', 'which packages and users own the bytes, and what no package owns'],
      ['diskwhy ~ --exclude node_modules --json', 'JSON for a script'],
      ['ssh host diskwhy snapshot /var -o - | diskwhy --from -', 'the tree of another machine'],
      ['diskwhy /srv /home --cross-mounts', 'two trees, other filesystems below them included'],
      [
        "diskwhy / --check --warn-if 'used>80%' --fail-if 'used>90%'",
        'a line and a code for Nagios or Icinga',
      ],
    ],
  },
  browse: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: 1,
      help: 'the directory to look around in',
      without: 'the current directory',
    },
    summary: 'look around in a tree, with the why beside the what',
    examples: [
      ['sudo diskwhy browse /var', 'what is below /var, while it is still being read; ? shows the keys'],
      ['diskwhy browse ~ --exclude node_modules', 'your home without what npm brings'],
    ],
  },
  watch: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: Infinity,
      help: 'directories to watch',
      without: 'the current directory',
    },
    summary: 'what grows, who writes it, and when it is full',
    examples: [
      ['sudo diskwhy watch /var', 'what grows below /var, how fast, who writes it and why'],
      [
        'diskwhy watch /var/log --for 10m --fail-on-alarm',
        'for a script: exit 1 where something grew too fast',
      ],
      ['diskwhy watch / --rate 5M/s --json', 'one JSON object per event'],
      [
        'diskwhy watch /var --once --quiet',
        'for cron: one report of the next minute, nothing where nothing grew too fast',
      ],
      [
        `diskwhy watch /srv --exec 'logger "$DISKWHY_PATH $DISKWHY_VERDICT"'`,
        'a command of your own for each alarm',
      ],
    ],
  },
  tmp: {
    operands: {
      placeholder: 'ROOT',
      least: 0,
      most: Infinity,
      help: 'directories whose entries are judged, each as a whole',
      without: 'the temporary directories and the known caches of the user',
    },
    summary: 'stale temporary files and caches, deleted safely',
    examples: [
      ['diskwhy tmp --older 2d', 'what could go, what stays and why; deletes nothing'],
      ['diskwhy tmp --older 2d --delete', 'delete it; asks once on a terminal'],
      [
        'diskwhy tmp --json > plan.json; diskwhy tmp --apply plan.json',
        'delete what was reviewed, and only that',
      ],
      [
        'diskwhy tmp /srv/scratch --older 1w --delete --quarantine',
        'move aside, to be brought back with --restore',
      ],
    ],
  },
  log: {
    operands: {
      placeholder: 'FILE',
      least: 1,
      most: Infinity,
      help: 'logs, also .gz, .zst and journal files; - is standard input',
    },
    summary: 'what is filling this log: a loop, or real work',
    examples: [
      ['diskwhy log /var/log/syslog', 'what its last 4 MiB say'],
      ['diskwhy log --whole app.log app.log.1.gz', 'everything in two of them'],
      ['journalctl -u app -o short-iso | diskwhy log -', 'what a program prints'],
    ],
  },
  free: {
    operands: {
      placeholder: 'SIZE [PATH]',
      least: 1,
      most: 2,
      help: 'how much to get back, and a path on the filesystem that needs it',
    },
    summary: 'the least harmful way to get space back',
    examples: [
      ['diskwhy free 10G', 'which steps give 10 GiB back here, the safest first; does nothing'],
      ['sudo diskwhy free 5G /var --apply', 'take the steps, asked one by one, until it is enough'],
    ],
  },
  report: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: Infinity,
      help: 'directories or files to explain',
      without: 'the current directory',
    },
    summary: 'the report as one page of HTML, with a treemap',
    examples: [
      ['sudo diskwhy report /var -o report.html', 'one file that a browser opens; it asks no network'],
      ['diskwhy report /var/log --exclude journal -o logs.html', 'a part of it'],
    ],
  },
  ...fleetCommands,
  snapshot: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: 1,
      help: 'the directory whose tree is written down',
      without: 'the current directory',
    },
    summary: 'a tree as a file that ncdu reads too',
    examples: [
      ['sudo diskwhy snapshot /var -o var.json.zst', 'every entry below /var, compressed'],
      ['ssh host diskwhy snapshot /var -o - | ncdu -f -', 'look around on another machine'],
    ],
  },
  diff: {
    operands: {
      placeholder: 'OLD NEW',
      least: 1,
      most: 2,
      help: 'two snapshots, or directories as they are now; - is standard input. One directory: its last kept snapshot, and now',
    },
    summary: 'what changed between two snapshots',
    examples: [
      ['diskwhy diff monday.json.zst /srv', 'what changed below /srv since it was written down'],
      ['diskwhy diff a.json b.json --json --top 0', 'every change, which add up to the difference'],
    ],
  },
  history: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: 1,
      help: 'the directory whose snapshots are kept',
      without: 'the current directory',
    },
    summary: 'the snapshots that are kept, what grew, and when the disk will be full',
    examples: [
      ['sudo diskwhy snapshot /srv --keep', 'keep one; daily by a timer, see the README'],
      ['sudo diskwhy history /srv', 'list them, with what grew in between'],
      ['sudo diskwhy diff /srv', 'what changed since the last one'],
    ],
  },
  ...aboutCommands,
} as const satisfies Record<CommandName, CommandRow>;

export const commandNames: readonly CommandName[] = everyCommand;

/** "diskwhy tmp"; the default command has no name of its own. */
export function commandLine(command: CommandName): string {
  return command === 'explain' ? 'diskwhy' : `diskwhy ${command}`;
}

/** "diskwhy tmp [ROOT…]" */
export function usageOf(command: CommandName): string {
  const { placeholder, least, most }: Operands = commandTable[command].operands;
  const many = most === Infinity ? `${placeholder}…` : placeholder;
  return `${commandLine(command)} ${least === 0 ? `[${many}]` : many}`;
}
