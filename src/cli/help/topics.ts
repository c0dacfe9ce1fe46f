/** `diskwhy help TOPIC`: what holds for every command. */
import { wrapWords } from '../../render/terminal/wrap.ts';
import type { helpTopics } from '../options/command-table.ts';
import { optionRows } from '../options/option-table.ts';
import { exitCodeMeanings } from './exit-codes.ts';

type Topic = (typeof helpTopics)[number];

/** Where options are set beside the command line. */
export const settingMeanings: readonly (readonly [string, string])[] = [
  [
    'where',
    'The command line counts before DISKWHY_*, those before $XDG_CONFIG_HOME/diskwhy/config.toml (~/.config), that before /etc/diskwhy/config.toml. `diskwhy config` prints what is in force, and from where.',
  ],
  [
    'files',
    'TOML: names of options without dashes (min-size = "1G", exclude = ["a", "b"], owners = true), for one command in a table of its name ([tmp], [explain]).',
  ],
  ['variables', 'DISKWHY_MIN_SIZE=1G; DISKWHY_OWNERS=1 or 0; several values on lines of their own.'],
  ['never set', `What acts or takes the responsibility is said each time: ${typedNames().join(', ')}.`],
  ['root', 'reads no file that another user can write, nor one in such a directory.'],
];

function typedNames(): string[] {
  return optionRows
    .filter(([, { isTyped, group }]) => isTyped === true && group !== 'About')
    .map(([, { name }]) => `--${name}`);
}

const topics: Readonly<Record<Topic, (width: number) => string[]>> = {
  sizes: (width) =>
    rows(
      [
        [
          'sizes',
          '512K, 10M, 1.5GiB, 10 GB, 0. K, M, G, T, P and E are powers of 1024, as in du and df, with or without iB; KB, MB, GB… are powers of 1000.',
        ],
        ['rates', '1M/s, 1.5GiB/h, 500K/min, 10G/d; a size alone is meant for each second.'],
        [
          'ages, times',
          '90m, 12h, 2d, "2 days", 1w, 3mo, 1y, 1d12h, and P2D or PT90M as in ISO 8601; 500ms and 20s for times. A month is 30 days, a year 365.',
        ],
        [
          'refused',
          '1M as an age, which may be a month (1mo) or a minute (1m), and numbers without a unit; 0 needs none.',
        ],
        [
          'disk size',
          'What is shown is bytes on disk: allocated blocks × 512, each inode once, as du counts. --apparent shows the length of files instead.',
        ],
        [
          'globs',
          '*.iso is compared with names; with a slash, as in /home/*/.cache or **/a/b, with paths. Quote them.',
        ],
      ],
      width,
    ),
  conditions: (width) =>
    rows(
      [
        ['used>85%', 'Of each filesystem, as df counts: what is reserved for root is neither used nor free.'],
        ['inodes>90%', 'Of each filesystem that has a fixed number of them.'],
        [
          'full<6h',
          'At the pace of the growth that was measured; a filesystem that does not grow is never full.',
        ],
        [
          'growth>1GiB/h',
          'Of what the filesystem uses, measured for --for (10s; with watch as long as it runs: the longer, the truer).',
        ],
        ['unexplained>5%', 'Of a filesystem that was walked whole: what the ledger has no account for.'],
        ['finding>10GiB', 'Of any one finding.'],
        [
          'how',
          'Each is an argument of --fail-if or --warn-if, in quotes: the shell takes > for itself. All that hold are told; one that holds wins over what could not be read. With --check: CRITICAL where one of --fail-if holds, else WARNING where one of --warn-if does, else UNKNOWN where one could not be told, else OK.',
        ],
      ],
      width,
    ),
  'exit-codes': (width) => rows(exitCodeMeanings, width),
  settings: (width) => rows(settingMeanings, width),
  json: (width) =>
    rows(
      [
        [
          'schemas',
          'Each document says what it is in "schema": diskwhy/explain@N, diskwhy/tmp@N, diskwhy/log@N. N changes when a value changes its meaning or goes; values are added without. docs/schema has them as JSON Schema, docs/json.md has recipes.',
        ],
        [
          'values',
          'Units are in the names: diskBytes, olderMs, everySeconds, modifiedAt (ISO 8601). What is not known is null.',
        ],
        ['names', 'A path is text; where it is not valid UTF-8 its bytes are in pathBase64 as well.'],
        ['lines', '--ndjson prints a tree of any size as one object per line, every directory of it.'],
        ['watch', 'watch --json prints one object per event and line, from "ready" to "summary".'],
        [
          'complete',
          'false where something could not be read: then every total is "at least", and problems lists why.',
        ],
        ['lists', '--top 0 gives all rows of all lists, --depth N more of the tree.'],
      ],
      width,
    ),
};

export function topicLines(topic: Topic, width: number): string[] {
  return topics[topic](width);
}

function rows(pairs: readonly (readonly [string, string])[], width: number): string[] {
  const columns = Math.max(...pairs.map(([name]) => name.length));
  return pairs.flatMap(([name, text]) => wrapWords(`${name.padEnd(columns)}  `, text, width));
}
