/** The commands that tell other machines: rows of the commands' table. */
import type { CommandRow } from './command-row.ts';

export const fleetCommands = {
  metrics: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: Infinity,
      help: 'directories or files to explain',
      without: 'the root directory',
    },
    summary: 'why disks fill, for Prometheus',
    examples: [
      ['sudo diskwhy metrics --filesystem', 'what is known of the root filesystem, as OpenMetrics text'],
      [
        'sudo diskwhy metrics / /srv --textfile diskwhy.prom',
        "for node_exporter's textfile collector, in its directory",
      ],
      ['sudo diskwhy metrics / --listen :9927 --every 10m', 'for a Prometheus on this machine to scrape'],
    ],
  },
  record: {
    operands: {
      placeholder: 'PATH',
      least: 0,
      most: Infinity,
      help: 'directories or files to explain',
      without: 'the root directory',
    },
    summary: 'this host as one small file, for diskwhy fleet',
    examples: [
      ['sudo diskwhy record /var --to /var/tmp', 'a Parquet file below day=…/host=…, to be moved by rsync'],
      ['sudo diskwhy record /srv --to /var/tmp --ndjson', 'the same rows as lines of JSON'],
    ],
  },
  fleet: {
    operands: {
      placeholder: 'QUESTION FOLDER',
      least: 1,
      most: Infinity,
      help: 'why, full, loops, grew, hosts, or sql and a query; then the folders of records, or s3://BUCKET/FOLDER',
    },
    summary: 'the same question to the records of many hosts',
    examples: [
      ['diskwhy fleet why /var/tmp', 'which causes take how much, on how many hosts'],
      ['diskwhy fleet full /var/tmp --days 14', 'which disks are full next, and when'],
      [
        'diskwhy fleet loops s3://bucket/fleet',
        'what fails again and again, from records in an object store',
      ],
      ['diskwhy fleet loops --show-sql', 'the SQL of a question, for an engine of your own'],
    ],
  },
} as const satisfies Record<string, CommandRow>;
