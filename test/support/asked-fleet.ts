/** A simulated fleet, the questions about it held against the truth, and records that are not to be trusted. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Truth } from '../../bench/fleet-simulator.ts';
import { fileOf, sumOf } from '../../src/fleet/record/record.ts';
import type { RecordRow } from '../../src/fleet/record/record.ts';
import { runDiskwhy } from './diskwhy.ts';

export const LAST_DAY = 20_784;
export const UNTIL = ['--until', '2026-11-27T05:00Z'];

export interface FleetJson {
  readonly schema: string;
  readonly records: number;
  readonly machines: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly skipped: {
    readonly count: number;
    readonly items: readonly { path: string; pathBase64?: string; reason: string }[];
  };
  readonly silent: readonly { readonly host: string; readonly lastAt: string }[];
  readonly shared: readonly { readonly host: string; readonly machines: number }[];
}

/** What is told of a place: a folder, or an address. */
export async function ask(
  place: string,
  words: readonly string[],
  code = 0,
  env: Readonly<Record<string, string>> = {},
): Promise<FleetJson> {
  const [question, ...rest] = words;
  const sql = question === 'sql' ? rest.splice(0, 1) : [];
  const args = ['fleet', question, ...sql, place, ...rest, ...UNTIL, '--json', '--top', '0'];
  const result = await runDiskwhy(args, { env });
  assert.deepEqual([result.code, result.stderr], [code, '']);
  return JSON.parse(result.stdout) as FleetJson;
}

export const sorted = <Entry>(entries: Iterable<[string, Entry]>) =>
  [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

export interface AskedFleet {
  readonly place: string;
  readonly hosts: number;
  readonly truth: Truth;
}

/** All questions, held against the truth. */
export async function askAll(
  { truth, hosts: HOSTS, place }: AskedFleet,
  engine: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const why = await ask(place, ['why', ...engine], 0, env);
  assert.deepEqual(why.columns, ['cause', 'kind_of_it', 'hosts', 'findings', 'bytes', 'freeable']);
  assert.deepEqual(
    sorted(why.rows.map((row) => [`${row[0]} ${row[1]}`, { hosts: row[2], bytes: row[4] }])),
    sorted(truth.why),
  );
  assert.deepEqual([why.machines, why.records, why.skipped.count], [HOSTS, HOSTS, 0]);

  const full = await ask(place, ['full', ...engine], 0, env);
  assert.deepEqual(
    full.rows.map(([host]) => host),
    truth.full.hosts,
  );
  for (const row of full.rows) assert.ok(Math.abs(Number(row[5]) - truth.full.at) < 60, String(row[5]));

  const loops = await ask(place, ['loops', ...engine], 0, env);
  assert.equal(loops.rows.length, 1);
  const [verdict, program, , hosts, bytes, , firstAt] = loops.rows[0];
  assert.deepEqual(
    [verdict, program, hosts, bytes, firstAt],
    ['restart-loop', 'app', ...Object.values(truth.loop)],
  );

  const grew = await ask(place, ['grew', ...engine], 0, env);
  assert.deepEqual(
    sorted(grew.rows.map((row) => [String(row[0]), { hosts: row[1], bytes: row[2] }])),
    sorted(truth.grew),
  );

  const all = await ask(place, ['hosts', ...engine], 0, env);
  assert.equal(all.rows.length, HOSTS);
  assert.equal(
    all.rows.reduce((sum, row) => sum + Number(row[4]), 0),
    truth.usedBytes,
  );

  const sql = "SELECT count(*) AS n FROM records WHERE kind = 'host'";
  const counted = await ask(place, ['sql', sql, '--days', '3', ...engine], 0, env);
  assert.deepEqual(counted.rows, [[HOSTS * 3]]);
}

export const head = {
  host: 'evil',
  machine: 'e'.repeat(16),
  recordedAt: LAST_DAY * 86_400 + 7200,
  version: '0.1.0',
};
export const rows: readonly RecordRow[] = [
  { kind: 'host', disk_bytes: 1 },
  { kind: 'finding', name: 'store', class: 'postgresql', disk_bytes: 1000, freeable_bytes: 0 },
];
export const put = (folder: string, file: { folder: string; name: string; bytes: Buffer }): string => {
  mkdirSync(`${folder}/${file.folder}`, { recursive: true });
  writeFileSync(`${folder}/${file.folder}/${file.name}`, file.bytes);
  return `${folder}/${file.folder}/${file.name}`;
};
/** Other bytes under a name that fits them. */
const forge = (file: ReturnType<typeof fileOf>, bytes: Buffer) => ({
  ...file,
  bytes,
  name: file.name.replace(/[0-9a-f]{20}(?=\.parquet$)/u, sumOf(bytes)),
});
export const honest = fileOf(head, rows, 'parquet');

export const cases: Record<string, readonly [build: (folder: string) => string, reason: string]> = {
  'a damaged byte': [
    (folder) => {
      const bytes = Buffer.from(honest.bytes);
      bytes[bytes.length >> 1] ^= 1;
      return put(folder, { ...honest, bytes });
    },
    'damaged',
  ],
  'a file that ends too soon': [
    (folder) => put(folder, { ...honest, bytes: honest.bytes.subarray(0, 1000) }),
    'damaged',
  ],
  'noise with the right sum': [
    (folder) => put(folder, forge(honest, Buffer.from('PAR1 no, not at all PAR1'))),
    'damaged',
  ],
  'another schema under this one’s name': [
    (folder) => {
      const bytes = parquetWriteBuffer({ columnData: [{ name: 'x', data: [1, 2], type: 'INT32' }] });
      return put(folder, forge(honest, Buffer.from(bytes)));
    },
    'damaged',
  ],
  'an old schema': [
    (folder) => put(folder, { ...honest, name: honest.name.replace('-v1-', '-v0-') }),
    'old-schema',
  ],
  'a clock a year ahead': [
    (folder) => put(folder, fileOf({ ...head, recordedAt: head.recordedAt + 365 * 86_400 }, rows, 'parquet')),
    'clock-ahead',
  ],
  'the folder of another day': [
    (folder) => put(folder, { ...honest, folder: honest.folder.replace('2026-11-27', '2026-11-26') }),
    'wrong-day',
  ],
  'rows of another machine': [
    (folder) => {
      const { bytes } = fileOf({ ...head, machine: 'f'.repeat(16) }, rows, 'parquet');
      return put(folder, forge(honest, bytes));
    },
    'not-as-named',
  ],
  'rows of another time': [
    (folder) => {
      const { bytes } = fileOf({ ...head, recordedAt: head.recordedAt - 60 }, rows, 'parquet');
      return put(folder, forge(honest, bytes));
    },
    'not-as-named',
  ],
  'bytes below nothing': [
    (folder) =>
      put(folder, fileOf(head, [...rows, { kind: 'finding', disk_bytes: -5 * 2 ** 40 }], 'parquet')),
    'not-as-named',
  ],
  'more bytes than there can be': [
    (folder) => put(folder, fileOf(head, [...rows, { kind: 'finding', disk_bytes: 2 ** 62 }], 'parquet')),
    'not-as-named',
  ],
  'rows without end': [
    (folder) => {
      const many = Array.from({ length: 10_000 }, (): RecordRow => ({ kind: 'account', disk_bytes: 1 }));
      return put(folder, fileOf(head, [...rows, ...many], 'parquet'));
    },
    'not-as-named',
  ],
  'the same record twice': [
    (folder) => {
      put(folder, { ...honest, folder: `again/${honest.folder}` });
      return put(folder, honest);
    },
    'twice',
  ],
  'a name that is none': [(folder) => put(folder, { ...honest, name: 'x.parquet' }), 'not-a-record'],
  'a link': [
    (folder) => {
      const file = put(folder, honest);
      renameSync(file, `${folder}/elsewhere`);
      symlinkSync(`${folder}/elsewhere`, file);
      return file;
    },
    'unreadable',
  ],
  'a file of many megabytes': [
    (folder) => {
      const file = put(folder, honest);
      appendFileSync(file, Buffer.alloc(9 * 2 ** 20));
      return file;
    },
    'too-large',
  ],
};

export const counted = ({ rows: answers }: FleetJson) =>
  sorted(answers.map((row): [string, object] => [`${row[0]} ${row[1]}`, { hosts: row[2], bytes: row[4] }]));
/** One that counts beside each. */
export const good = fileOf({ ...head, host: 'good', machine: 'a'.repeat(16) }, rows, 'parquet');
